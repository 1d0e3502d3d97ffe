package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.torch.FloatTensor;

/** The small networks that correct keypoints. */
interface CorrectionNetworks {

    /** Driving keypoints {@code [B, 21, 3]}, moved so that the face fits into the picture around it. */
    FloatTensor stitch(FloatTensor source, FloatTensor driving);

    /**
     * What opens or closes the eyes.
     *
     * @param source keypoints {@code [1, 21, 3]}
     * @param ratios {@code [B, 3]}: of the source's left and right eye, and the wanted one
     * @return offsets of the keypoints {@code [B, 21, 3]}
     */
    FloatTensor eyes(FloatTensor source, FloatTensor ratios);

    /**
     * What opens or closes the lips.
     *
     * @param source keypoints {@code [1, 21, 3]}
     * @param ratios {@code [B, 2]}: of the source's lips, and the wanted one
     * @return offsets of the keypoints {@code [B, 21, 3]}
     */
    FloatTensor lips(FloatTensor source, FloatTensor ratios);
}
