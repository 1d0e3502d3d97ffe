package io.avatarservice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvatarRequestTests {

    private static final MediaSource PORTRAIT = MediaSource.file(Path.of("portrait.png"));
    private static final MediaSource SPEECH = MediaSource.url(URI.create("https://media.example.com/a.wav?sig=secret"));

    @Test
    void leavesEverythingElseToTheProvider() {
        AvatarRequest request = AvatarRequest.of(PORTRAIT, SPEECH);

        assertThat(request.portrait()).isEqualTo(PORTRAIT);
        assertThat(request.speech()).isEqualTo(SPEECH);
        assertThat(request.driver()).isNull();
        assertThat(request.options()).isEmpty();
        assertThat(request.drivingVideo()).isNull();
        assertThat(request.idempotencyKey()).isNull();
        assertThat(request.webhook()).isNull();
    }

    @Test
    void copyEqualsItsOriginal() {
        AvatarRequest request = AvatarRequest.builder(PORTRAIT, SPEECH)
                .driver("preview")
                .options(Map.of("seed", 7))
                .drivingVideo(MediaSource.file(Path.of("nod.mp4")))
                .idempotencyKey("order-42")
                .webhook(URI.create("https://app.example.com/hooks/1/secret"))
                .build();

        assertThat(request.toBuilder().build()).isEqualTo(request).hasSameHashCodeAs(request);
    }

    @Test
    void drivingVideoTakesThePlaceOfSpeech() {
        MediaSource video = MediaSource.file(Path.of("nod.mp4"));

        AvatarRequest request = AvatarRequest.driven(PORTRAIT, video).build();

        assertThat(request.speech()).isNull();
        assertThat(request.drivingVideo()).isEqualTo(video);
        assertThat(request.toBuilder().build()).isEqualTo(request).hasSameHashCodeAs(request);
        assertThat(request).isNotEqualTo(AvatarRequest.of(PORTRAIT, SPEECH));
    }

    @Test
    void refusesToHaveNeitherSpeechNorADrivingVideo() {
        AvatarRequest.Builder silent = AvatarRequest.driven(PORTRAIT, SPEECH).drivingVideo(null);

        assertThatIllegalStateException()
                .isThrownBy(silent::build)
                .withMessage("a request needs speech or a driving video");
    }

    @Test
    void copyCanBeChangedWithoutTouchingItsOriginal() {
        AvatarRequest original =
                AvatarRequest.builder(PORTRAIT, SPEECH).option("seed", 7).build();

        AvatarRequest changed = original.toBuilder().option("blink", true).build();

        assertThat(original.options()).containsOnlyKeys("seed");
        assertThat(changed.options().keySet())
                .isEqualTo(Map.of("seed", 7, "blink", true).keySet());
        assertThat(changed).isNotEqualTo(original);
    }

    @Test
    void keepsOptionsInTheOrderTheyWereAdded() {
        AvatarRequest request = AvatarRequest.builder(PORTRAIT, SPEECH)
                .option("still", true)
                .option("blink", false)
                .option("seed", 1)
                .build();

        assertThat(request.options())
                .containsExactly(Map.entry("still", true), Map.entry("blink", false), Map.entry("seed", 1));
    }

    @Test
    void refusesAnOptionThatIsNotPlain() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AvatarRequest.builder(PORTRAIT, SPEECH).option("pose", List.of(1, 2)))
                .withMessage("the value of option 'pose' must be a boolean, a number or a text");
    }

    @Test
    void refusesABlankDriver() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AvatarRequest.builder(PORTRAIT, SPEECH).driver(" "))
                .withMessageContaining("driver");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "line\nbreak", "schlüssel"})
    void refusesAKeyThatCannotTravelInAHeader(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AvatarRequest.builder(PORTRAIT, SPEECH).idempotencyKey(key))
                .withMessage("an idempotency key has 1 to 255 visible ASCII characters");
    }

    @Test
    void showsNeitherSignaturesNorOptionValues() {
        AvatarRequest request = AvatarRequest.builder(PORTRAIT, SPEECH)
                .option("reference_pose_video", "https://media.example.com/p.mp4?sig=secret")
                .webhook(URI.create("https://app.example.com/hooks/1/secret"))
                .build();

        assertThat(request.toString())
                .contains("portrait.png", "reference_pose_video", "https://media.example.com/a.wav?***")
                .doesNotContain("secret");
    }
}
