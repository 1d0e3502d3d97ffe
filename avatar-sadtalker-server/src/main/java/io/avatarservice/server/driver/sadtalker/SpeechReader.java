package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.sadtalker.audio.MelSpectrogram;
import io.avatarservice.server.driver.sadtalker.audio.Resampler;
import io.avatarservice.server.media.AudioClip;
import io.avatarservice.server.media.PcmReader;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;

/** Reads the mel spectrogram of a recording. */
final class SpeechReader {

    private SpeechReader() {}

    /** @throws ProblemException {@code UNSUPPORTED_MEDIA} where the recording does not fill one frame */
    static MelSpectrogram read(AudioClip speech) {
        // The clip's own rate: the resampler that follows has the reference's numbers, FFmpeg's has not.
        try (PcmReader pcm = speech.openMono(speech.sampleRate())) {
            MelSpectrogram mel = MelSpectrogram.of(Resampler.resample(pcm::read, speech.sampleRate()));
            if (mel.frames() == 0) {
                throw new ProblemException(
                        ProblemCode.UNSUPPORTED_MEDIA, "audio", "the audio is shorter than one frame, 40 ms");
            }
            return mel;
        }
    }
}
