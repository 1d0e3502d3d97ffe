package io.avatarservice.server.driver.sadtalker.audio;

import io.avatarservice.server.torch.FloatTensor;

/**
 * What the audio networks read for each video frame: 16 columns of the mel spectrogram, 200 ms, from 80 ms before the
 * frame. Made when asked for, since windows overlap five times.
 */
public final class MelWindows {

    /** Columns per window. */
    public static final int WIDTH = 16;

    private static final int COLUMNS_PER_SECOND = Resampler.RATE / MelSpectrogram.SAMPLES_PER_COLUMN;
    private static final int FRAMES_PER_SECOND = Resampler.RATE / MelSpectrogram.SAMPLES_PER_FRAME;
    private static final int LEAD_FRAMES = 2;

    private MelWindows() {}

    /**
     * The windows of some frames. Columns beyond the ends repeat the first and the last one.
     *
     * @param mel the spectrogram
     * @param from the first frame
     * @param to after the last frame
     * @return {@code [to - from,1,80,16]}
     */
    public static FloatTensor of(MelSpectrogram mel, int from, int to) {
        float[] windows = new float[Math.multiplyExact(to - from, MelSpectrogram.BANDS * WIDTH)];
        int index = 0;
        for (int frame = from; frame < to; frame++) {
            for (int band = 0; band < MelSpectrogram.BANDS; band++) {
                for (int i = 0; i < WIDTH; i++) {
                    int column = Math.max(0, Math.min(mel.columns() - 1, firstColumn(frame) + i));
                    windows[index++] = mel.values()[column * MelSpectrogram.BANDS + band];
                }
            }
        }
        return FloatTensor.of(windows, to - from, 1, MelSpectrogram.BANDS, WIDTH);
    }

    /** The column that a frame's window starts at, rounded toward zero; negative for the first two frames. */
    static int firstColumn(int frame) {
        return COLUMNS_PER_SECOND * (frame - LEAD_FRAMES) / FRAMES_PER_SECOND;
    }
}
