package io.avatarservice.server.storage;

import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Reads the property as its record does: in any case, and empty like not set. */
final class OnStorageProviderCondition extends SpringBootCondition {

    private static final String PROPERTY = "avatar.storage.provider";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        MergedAnnotation<ConditionalOnStorageProvider> wanted =
                metadata.getAnnotations().get(ConditionalOnStorageProvider.class);
        StorageProvider configured = Objects.requireNonNullElse(
                Binder.get(context.getEnvironment())
                        .bind(PROPERTY, StorageProvider.class)
                        .orElse(StorageProvider.LOCAL),
                StorageProvider.LOCAL);
        ConditionMessage message = ConditionMessage.forCondition(ConditionalOnStorageProvider.class)
                .because(PROPERTY + " is " + configured);
        for (StorageProvider provider : wanted.getEnumArray("value", StorageProvider.class)) {
            if (provider == configured) {
                return ConditionOutcome.match(message);
            }
        }
        return ConditionOutcome.noMatch(message);
    }
}
