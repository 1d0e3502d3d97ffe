package io.avatarservice.server.driver.liveportrait;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.TorchRuntime;

/** The networks that make frames. */
interface FrameNetworks {

    TorchRuntime runtime();

    /** In which they compute. */
    Precision precision();

    /**
     * Gives up a precision whose frames are no pictures, as half precision's are on some devices, for as long as the process
     * lives.
     *
     * @return the one to go on with
     */
    Precision distrust(Precision precision);

    /** The appearance of a portrait {@code [1, 3, 256, 256]}, on the device. Belongs to {@code scope}. */
    NDArray appearance(NDManager scope, Precision precision, FloatTensor image);

    /**
     * Frames {@code [B, 3, 512, 512]}, 0 to 1, on the device.
     *
     * @param appearance from {@link #appearance}
     * @param source keypoints {@code [1, 21, 3]}
     * @param driving keypoints {@code [B, 21, 3]}
     */
    NDArray render(NDManager scope, Precision precision, NDArray appearance, FloatTensor source, FloatTensor driving);
}
