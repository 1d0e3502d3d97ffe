package io.avatarservice.spi.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.avatarservice.spi.AvatarProvider;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The kit notices what it is for: each of its checks fails on a provider that breaks what it checks. */
class ContractKitTests {

    private static final String PARAMETER = "defect";

    static List<Defect> defects() {
        return Stream.of(SubmitDefects.all(), JobDefects.all(), OtherDefects.all())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void noticesAProviderThat(Defect defect) {
        long failed = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(BrokenContract.class, defect.caughtBy()))
                .configurationParameter(PARAMETER, defect.name())
                .execute()
                .testEvents()
                .failed()
                .count();

        assertThat(failed).as("failures of " + defect.caughtBy()).isPositive();
    }

    @Test
    void everyCheckHasADefectThatItNotices() {
        List<String> checks = Arrays.stream(AvatarProviderContractTests.class.getDeclaredMethods())
                .filter(method -> AnnotationSupport.isAnnotated(method, Test.class)
                        || AnnotationSupport.isAnnotated(method, TestFactory.class))
                .map(method -> method.getName())
                .toList();

        assertThat(defects().stream().map(Defect::caughtBy).distinct()).containsExactlyInAnyOrderElementsOf(checks);
    }

    @ExtendWith(ConfiguredDefect.class)
    static class BrokenContract extends InMemoryContract {

        private final Defect defect;

        BrokenContract(Defect defect) {
            super(defect.capabilities());
            this.defect = defect;
        }

        @Override
        protected AvatarProvider provider() {
            return defect.provider(farm());
        }

        @Override
        protected AvatarProvider unreachable() {
            return defect.provider(null);
        }

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(2);
        }
    }

    /** Finds the defect by its name, which the launcher of the kit has set. */
    static final class ConfiguredDefect implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Defect.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            String name = context.getConfigurationParameter(PARAMETER).orElseThrow();
            return defects().stream()
                    .filter(defect -> defect.name().equals(name))
                    .findAny()
                    .orElseThrow();
        }
    }
}
