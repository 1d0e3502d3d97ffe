package io.avatarservice.client.observation;

import io.avatarservice.client.observation.AvatarClientObservationDocumentation.HighCardinality;
import io.avatarservice.client.observation.AvatarClientObservationDocumentation.LowCardinality;
import io.avatarservice.spi.FailureKind;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The names unless the application has others.
 *
 * @since 0.1.0
 */
public final class DefaultAvatarClientObservationConvention implements AvatarClientObservationConvention {

    /** The observation's name, and the timer's. */
    public static final String NAME = "avatar.client.operation";

    private static final String NONE = KeyValue.NONE_VALUE;

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getContextualName(AvatarClientObservationContext context) {
        return "avatar " + context.operation().value();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(AvatarClientObservationContext context) {
        return KeyValues.of(
                LowCardinality.OPERATION.withValue(context.operation().value()),
                LowCardinality.PROVIDER.withValue(context.provider().value()),
                LowCardinality.SERVED_BY.withValue(servedBy(context)),
                LowCardinality.OUTCOME.withValue(outcome(context)),
                LowCardinality.FAILURE.withValue(failure(context)));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(AvatarClientObservationContext context) {
        KeyValues values = KeyValues.empty();
        if (context.jobId() != null) {
            values = values.and(HighCardinality.JOB_ID.withValue(context.jobId().value()));
        }
        if (context.driver() != null) {
            values = values.and(HighCardinality.DRIVER.withValue(context.driver()));
        }
        return values;
    }

    private static String servedBy(AvatarClientObservationContext context) {
        return context.servedBy() == null ? NONE : context.servedBy().value();
    }

    private static String outcome(AvatarClientObservationContext context) {
        if (context.getError() != null) {
            return "error";
        }
        return context.cancelled() ? "cancelled" : "success";
    }

    /** The class name would do for what is no failure of a provider; it has few values too. */
    private static String failure(AvatarClientObservationContext context) {
        FailureKind kind = context.failureKind();
        if (kind != null) {
            return kind.name();
        }
        Throwable error = context.getError();
        return error == null ? NONE : error.getClass().getSimpleName();
    }
}
