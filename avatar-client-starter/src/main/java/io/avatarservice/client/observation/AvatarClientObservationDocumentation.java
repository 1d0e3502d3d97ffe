package io.avatarservice.client.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed, and under which keys.
 *
 * @since 0.1.0
 */
public enum AvatarClientObservationDocumentation implements ObservationDocumentation {
    /** One operation of the client, from the subscription to its end, whoever was asked in between. */
    OPERATION {

        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultAvatarClientObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinality.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinality.values();
        }

        @Override
        public String getPrefix() {
            return "avatar";
        }
    };

    /**
     * Keys with few values, fit for metrics. All are always there.
     *
     * @since 0.1.0
     */
    public enum LowCardinality implements KeyName {
        /** What was asked for: {@code render}, {@code submit}, {@code resume} or {@code download}. */
        OPERATION("avatar.operation"),
        /** Who was asked first. */
        PROVIDER("avatar.provider"),
        /** Who did it in the end; {@code none} where nobody did. */
        SERVED_BY("avatar.served.by"),
        /** {@code success}, {@code error} or {@code cancelled}. */
        OUTCOME("avatar.outcome"),
        /** The kind of the failure, such as {@code UNAVAILABLE}; {@code none} where there was none. */
        FAILURE("avatar.failure");

        private final String key;

        LowCardinality(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /**
     * Keys with any number of values, for traces only. Left out where they are not known.
     *
     * @since 0.1.0
     */
    public enum HighCardinality implements KeyName {
        /** The job at its provider. */
        JOB_ID("avatar.job.id"),
        /** The engine that the request names. */
        DRIVER("avatar.driver");

        private final String key;

        HighCardinality(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
