package io.avatarservice.server.driver.sadtalker.face;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WflwPointsTests {

    @Test
    void picksAndAveragesPoints() {
        double[] points = new double[2 * 98];
        for (int i = 0; i < 98; i++) {
            points[2 * i] = i;
            points[2 * i + 1] = 1000 + i;
        }

        Landmarks landmarks = WflwPoints.toLandmarks(points);

        float[] expected = {
            0,
            2,
            4,
            6,
            8,
            10,
            12,
            14,
            16,
            18,
            20,
            22,
            24,
            26,
            28,
            30,
            32, // chin
            33,
            37.5f,
            37.5f,
            37.5f,
            37.5f,
            46,
            46,
            46,
            46,
            46, // eyebrows
            51,
            52,
            53,
            54,
            55,
            56,
            57,
            58,
            59, // nose
            60,
            61,
            63,
            64,
            65,
            67,
            68,
            69,
            71,
            72,
            73,
            75, // eyes
            76,
            77,
            78,
            79,
            80,
            81,
            82,
            83,
            84,
            85,
            86,
            87,
            88,
            89,
            90,
            91,
            92,
            93,
            94,
            95 // mouth
        };
        for (int i = 0; i < Landmarks.POINTS; i++) {
            assertThat(landmarks.x(i)).as("x of point %d", i).isEqualTo(expected[i]);
            assertThat(landmarks.y(i)).as("y of point %d", i).isEqualTo(1000 + expected[i]);
        }
    }
}
