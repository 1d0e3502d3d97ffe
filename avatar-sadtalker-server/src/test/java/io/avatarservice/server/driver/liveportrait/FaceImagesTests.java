package io.avatarservice.server.driver.liveportrait;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class FaceImagesTests {

    @Test
    void fourPixelsBecomeTheirRoundedMean() {
        byte[] rgb = {0, 10, (byte) 255, 1, 10, (byte) 255, 0, 11, (byte) 255, 1, 11, (byte) 254};

        assertThat(FaceImages.halved(rgb, 2, 2)).containsExactly(1, 11, (byte) 255);
    }

    @Test
    void channelsBecomePlanesFromZeroToOne() {
        byte[] rgb = new byte[FaceImages.SIDE * FaceImages.SIDE * 3];
        rgb[3] = (byte) 255; // red of the second pixel
        rgb[2] = 51; // blue of the first

        FloatTensor tensor = FaceImages.tensor(rgb);

        int plane = FaceImages.SIDE * FaceImages.SIDE;
        assertThat(tensor.shape()).containsExactly(1L, 3L, 256L, 256L);
        assertThat(tensor.values()[1]).isEqualTo(1);
        assertThat(tensor.values()[2 * plane]).isEqualTo(0.2f);
        assertThat(tensor.values()[plane]).isZero();
    }
}
