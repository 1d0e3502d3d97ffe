package io.avatarservice.did;

import static io.avatarservice.did.Samples.ADDRESSES;
import static io.avatarservice.did.Samples.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a request's options D-ID is told. */
class DidOptionsTests {

    @Test
    void wholePictureIsAskedForUnlessTheRequestSaysOtherwise() {
        assertThat(DidOptions.of(ADDRESSES, false).config()).isEqualTo(Map.of("stitch", true));
        assertThat(options(Map.of("stitch", false)).config()).isEqualTo(Map.of("stitch", false));
    }

    @Test
    void knownOptionsArePassedOn() {
        Map<String, Object> known = Map.ofEntries(
                Map.entry("stitch", true),
                Map.entry("fluent", true),
                Map.entry("pad_audio", 1.5),
                Map.entry("result_format", "mov"),
                Map.entry("align_driver", true),
                Map.entry("sharpen", false),
                Map.entry("auto_match", true),
                Map.entry("reduce_noise", true),
                Map.entry("normalization_factor", 1),
                Map.entry("motion_factor", 0.5),
                Map.entry("align_expand_factor", 0.3));

        DidOptions options = options(known);

        assertThat(options.config()).isEqualTo(known);
        assertThat(options.warnings()).isEmpty();
    }

    @Test
    void unknownOptionsAreLeftOutWithAWarningEach() {
        AvatarRequest request =
                ADDRESSES.toBuilder().option("still", true).option("size", 512).build();

        DidOptions options = DidOptions.of(request, false);

        assertThat(options.config()).containsOnlyKeys("stitch");
        assertThat(options.warnings())
                .containsExactly(
                        "d-id does not know the option 'still'; it was left out",
                        "d-id does not know the option 'size'; it was left out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stitch | yes | is true or false",
                "motion_factor | much | is a number",
                "pad_audio | long | is a number of seconds from 0 to 60",
                "result_format | gif | is 'mp4' or 'mov'"
            })
    void valueThatDidWouldRefuseIsRefused(String name, String value, String rule) {
        assertThat(catchThrowable(() -> options(Map.of(name, value))))
                .satisfies(failure(
                        FailureKind.INVALID_REQUEST,
                        failure -> assertThat(failure.fieldErrors())
                                .containsExactly(new FieldError("options." + name, rule))));
    }

    @ParameterizedTest
    @CsvSource({"-0.1", "60.1"})
    void paddingHasARange(double seconds) {
        assertThat(catchThrowable(() -> options(Map.of("pad_audio", seconds))))
                .satisfies(failure(FailureKind.INVALID_REQUEST));
    }

    private static DidOptions options(Map<String, Object> options) {
        return DidOptions.of(ADDRESSES.toBuilder().options(options).build(), false);
    }
}
