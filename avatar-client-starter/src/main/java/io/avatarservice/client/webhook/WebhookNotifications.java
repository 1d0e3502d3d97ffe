package io.avatarservice.client.webhook;

import io.avatarservice.client.JobNotifications;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Notifications by webhook. Each job gets an address of its own, with a token that only this application can make, and a
 * call there wakes whoever watches the job. What the call says is not looked at. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class WebhookNotifications implements JobNotifications {

    private static final Logger log = LoggerFactory.getLogger(WebhookNotifications.class);

    private static final int SECRET_BYTES = 32;
    private static final int NAME_BYTES = 8;

    private final String url;
    private final HmacSha256 tokens;
    private final Map<String, StandardWebhookSignature> signatures;
    private final int maxSubscriptions;
    private final Map<String, Sinks.Many<Boolean>> open = new ConcurrentHashMap<>();

    /** Tells the jobs of this start from those of the last; the secrecy is in the tokens. */
    private final String name = HexFormat.of().formatHex(random(NAME_BYTES));

    private final AtomicLong counter = new AtomicLong();

    private WebhookNotifications(Builder builder) {
        this.url = builder.url.toString().replaceFirst("/+$", "");
        this.tokens = new HmacSha256(builder.secret == null ? random(SECRET_BYTES) : builder.secret);
        this.signatures = Map.copyOf(builder.signatures);
        this.maxSubscriptions = builder.maxSubscriptions;
    }

    /**
     * Starts notifications.
     *
     * @param url under which providers reach the endpoint, its path included
     */
    public static Builder builder(URI url) {
        return new Builder(url);
    }

    /** A job beyond the limit is watched by polling alone. */
    @Override
    public Subscription open(ProviderId provider) {
        if (open.size() >= maxSubscriptions) {
            log.debug("{} jobs wait for a call already: one more of {} is polled for", maxSubscriptions, provider);
            return NONE.open(provider);
        }
        String subscription = name + "-" + counter.incrementAndGet();
        // Keeps one hint for a poller that is busy looking; there is nothing in a second one.
        Sinks.Many<Boolean> hints = Sinks.many().multicast().onBackpressureBuffer(1, false);
        open.put(subscription, hints);
        URI webhook =
                URI.create(url + "/" + provider + "/" + subscription + "/" + token(provider.value(), subscription));
        return new Open(subscription, webhook, hints.asFlux());
    }

    /** Whether this is the address of a job of this start. To be asked before the body is read. */
    boolean knows(WebhookAddress address) {
        return address.subscription().startsWith(name + "-")
                && MessageDigest.isEqual(
                        ascii(token(address.provider(), address.subscription())), ascii(address.token()));
    }

    /** Wakes whoever waits at this address. Never blocks. */
    WebhookAnswer receive(WebhookAddress address, WebhookCall call) {
        if (!knows(address)) {
            return WebhookAnswer.UNKNOWN;
        }
        StandardWebhookSignature signature = signatures.get(address.provider());
        if (signature != null && !signature.matches(call.id(), call.timestamp(), call.signature(), call.body())) {
            log.warn("Refused a webhook call for {}: its signature is missing, wrong or old", address.provider());
            return WebhookAnswer.NOT_SIGNED;
        }
        Sinks.Many<Boolean> hints = open.get(address.subscription());
        if (hints == null) {
            // The poller was faster. Anything but thanks would make the provider call for hours.
            log.debug("A webhook call for {}: nobody waits any more", address.provider());
            return WebhookAnswer.ACCEPTED;
        }
        // Refused where one is waiting already, or another call is just being taken: then somebody wakes up anyway.
        Sinks.EmitResult result = hints.tryEmitNext(true);
        log.debug("A webhook call for {}: {}", address.provider(), result);
        return WebhookAnswer.ACCEPTED;
    }

    /** How many jobs wait for a call. */
    int openSubscriptions() {
        return open.size();
    }

    private String token(String provider, String subscription) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(tokens.of(ascii(provider + "/" + subscription)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private final class Open implements Subscription {

        private final String subscription;
        private final URI webhook;
        private final Flux<Boolean> hints;

        private Open(String subscription, URI webhook, Flux<Boolean> hints) {
            this.subscription = subscription;
            this.webhook = webhook;
            this.hints = hints;
        }

        @Override
        public URI webhook() {
            return webhook;
        }

        @Override
        public Flux<Boolean> hints() {
            return hints;
        }

        @Override
        public void close() {
            open.remove(subscription);
        }

        /** Without the address, which holds the token. */
        @Override
        public String toString() {
            return "Subscription[" + subscription + "]";
        }
    }

    /**
     * Collects what notifications need.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final URI url;
        private final Map<String, StandardWebhookSignature> signatures = new LinkedHashMap<>();
        private byte @Nullable [] secret;
        private int maxSubscriptions = 10_000;

        private Builder(URI url) {
            this.url = Objects.requireNonNull(url, "url");
        }

        /** What the tokens are made with, any length above 0; random unless set. */
        public Builder secret(byte[] secret) {
            if (secret.length == 0) {
                throw new IllegalArgumentException("the secret must not be empty");
            }
            this.secret = Arrays.copyOf(secret, secret.length);
            return this;
        }

        /** Takes calls about jobs of {@code provider} only if they are signed. */
        public Builder signed(ProviderId provider, StandardWebhookSignature signature) {
            this.signatures.put(provider.value(), Objects.requireNonNull(signature, "signature"));
            return this;
        }

        /** How many jobs may wait for a call at the same time; positive, 10,000 unless set. */
        public Builder maxSubscriptions(int maxSubscriptions) {
            if (maxSubscriptions < 1) {
                throw new IllegalArgumentException("max subscriptions must be positive, but was " + maxSubscriptions);
            }
            this.maxSubscriptions = maxSubscriptions;
            return this;
        }

        /** The notifications. */
        public WebhookNotifications build() {
            return new WebhookNotifications(this);
        }
    }
}
