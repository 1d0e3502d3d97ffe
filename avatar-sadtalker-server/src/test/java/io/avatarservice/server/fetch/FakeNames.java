package io.avatarservice.server.fetch;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A name server that says what a test wants, and may say something else the next time. */
final class FakeNames extends AddressResolverGroup<InetSocketAddress> {

    private final Map<String, Deque<List<InetAddress>>> answers = new ConcurrentHashMap<>();

    /** Adds an answer. The last one is repeated for ever. */
    FakeNames answer(String host, String... addresses) {
        answers.computeIfAbsent(host, none -> new ArrayDeque<>())
                .add(Stream.of(addresses).map(FakeNames::address).toList());
        return this;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetSocketAddressResolver(executor, new InetNameResolver(executor) {
            @Override
            protected void doResolve(String host, Promise<InetAddress> promise) {
                List<InetAddress> found = next(host);
                if (found == null) {
                    promise.setFailure(new UnknownHostException(host));
                } else {
                    promise.setSuccess(found.get(0));
                }
            }

            @Override
            protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
                List<InetAddress> found = next(host);
                if (found == null) {
                    promise.setFailure(new UnknownHostException(host));
                } else {
                    promise.setSuccess(found);
                }
            }
        });
    }

    private synchronized @Nullable List<InetAddress> next(String host) {
        Deque<List<InetAddress>> remaining = answers.get(host);
        if (remaining == null) {
            return null;
        }
        return remaining.size() == 1 ? remaining.getFirst() : remaining.removeFirst();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
