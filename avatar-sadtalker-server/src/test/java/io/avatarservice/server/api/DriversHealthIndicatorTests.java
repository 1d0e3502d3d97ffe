package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.FrameSink;
import io.avatarservice.server.driver.MotionSource;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.driver.TalkingHeadDriver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

class DriversHealthIndicatorTests {

    @Test
    void oneReadyDriverIsEnoughAndTheOtherSaysWhatItLacks() {
        Health health = health(driver("sadtalker", List.of("face.pth")), driver("preview", List.of()));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("sadtalker", Map.of("ready", false, "missing", List.of("face.pth")))
                .containsEntry("preview", Map.of("ready", true, "device", "cpu"));
    }

    @Test
    void isDownWhereNoDriverCanRender() {
        assertThat(health(driver("sadtalker", List.of("face.pth"))).getStatus()).isEqualTo(Status.DOWN);
    }

    private static Health health(TalkingHeadDriver... drivers) {
        return new DriversHealthIndicator(new DriverRegistry(List.of(drivers), DriverRegistry.AUTO)).health();
    }

    private static TalkingHeadDriver driver(String name, List<String> missing) {
        return new TalkingHeadDriver() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public DriverDescription describe() {
                return new DriverDescription(
                        name,
                        "For tests.",
                        missing.isEmpty(),
                        missing,
                        null,
                        "cpu",
                        MotionSource.SPEECH,
                        64,
                        List.of());
            }

            @Override
            public RenderOptions options(Map<String, ?> requested) {
                return new RenderOptions(Map.of());
            }

            @Override
            public void render(RenderRequest request, FrameSink sink) {
                throw new IllegalStateException("not rendered here");
            }
        };
    }
}
