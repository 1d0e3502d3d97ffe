package io.avatarservice.server.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriverRegistryTests {

    private final TalkingHeadDriver preview = new ColorDriver("preview");

    @Test
    void picksSadtalkerWhereItIsReady() {
        TalkingHeadDriver sadtalker = new ColorDriver("sadtalker");

        assertThat(registry("auto", preview, sadtalker).resolve(null)).isSameAs(sadtalker);
    }

    @Test
    void picksPreviewWhereSadtalkerIsNotReady() {
        assertThat(registry("auto", new ColorDriver("sadtalker", false), preview)
                        .resolve("auto"))
                .isSameAs(preview);
    }

    @Test
    void usesTheConfiguredDefault() {
        assertThat(registry("preview", new ColorDriver("sadtalker"), preview).resolve(null))
                .isSameAs(preview);
    }

    @Test
    void saysWhichDriversThereAreForOneThatIsMissing() {
        assertRefused(registry("auto", preview), "liveportrait", ProblemCode.UNSUPPORTED)
                .withMessage("this server does not have the driver 'liveportrait'; it has preview");
    }

    @Test
    void saysWhichNamesAreKnownForAnUnknownOne() {
        assertRefused(registry("auto", preview), "nonsense", ProblemCode.INVALID_REQUEST)
                .withMessage("unknown driver 'nonsense'; known are auto, sadtalker, liveportrait, preview");
    }

    @Test
    void saysWhatIsMissing() {
        assertRefused(
                        registry("auto", preview, new ColorDriver("sadtalker", false)),
                        "sadtalker",
                        ProblemCode.DRIVER_NOT_READY)
                .withMessage("the driver 'sadtalker' is not ready, missing: color.bin; paint it");
    }

    @Test
    void refusesAutoWhereNothingIsReady() {
        assertRefused(registry("auto", new ColorDriver("preview", false)), null, ProblemCode.DRIVER_NOT_READY);
    }

    @Test
    void refusesADefaultThatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry("sadtalker", preview))
                .withMessage("the default driver 'sadtalker' is unknown; this server has preview");
    }

    @Test
    void refusesTwoDriversOfOneName() {
        assertThatIllegalArgumentException().isThrownBy(() -> registry("auto", preview, new ColorDriver("preview")));
    }

    private static DriverRegistry registry(String defaultName, TalkingHeadDriver... drivers) {
        return new DriverRegistry(List.of(drivers), defaultName);
    }

    private static ThrowableAssertAlternative<ProblemException> assertRefused(
            DriverRegistry registry, @Nullable String name, ProblemCode code) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> registry.resolve(name))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("driver"));
    }
}
