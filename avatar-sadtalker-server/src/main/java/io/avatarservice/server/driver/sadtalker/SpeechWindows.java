package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.sadtalker.audio.MelSpectrogram;
import io.avatarservice.server.driver.sadtalker.audio.MelWindows;
import io.avatarservice.server.torch.FloatTensor;

/** What the audio networks hear in each frame. */
interface SpeechWindows {

    /** Frames of the clip. */
    int frames();

    /** The windows of the frames {@code from} to before {@code to}, {@code [to - from, 1, 80, 16]}. */
    FloatTensor range(int from, int to);

    static SpeechWindows of(MelSpectrogram mel) {
        return new SpeechWindows() {
            @Override
            public int frames() {
                return mel.frames();
            }

            @Override
            public FloatTensor range(int from, int to) {
                return MelWindows.of(mel, from, to);
            }
        };
    }

    /** Windows that lie ready, {@code [N, 1, 80, 16]}. */
    static SpeechWindows of(FloatTensor windows) {
        return new SpeechWindows() {
            @Override
            public int frames() {
                return windows.size(0);
            }

            @Override
            public FloatTensor range(int from, int to) {
                return windows.rows(from, to);
            }
        };
    }
}
