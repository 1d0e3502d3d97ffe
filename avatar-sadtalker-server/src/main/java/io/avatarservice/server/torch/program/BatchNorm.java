package io.avatarservice.server.torch.program;

import java.util.Arrays;

/**
 * One batch normalization in evaluation mode.
 *
 * @param scale {@code gamma / √(var + eps)} of each channel
 */
@SuppressWarnings("ArrayRecordComponent")
record BatchNorm(double[] scale, Weights beta, Weights mean) {

    static BatchNorm read(TensorSource tensors, String norm, double eps) {
        Weights gamma = tensors.tensor(norm + ".weight");
        Weights variance = tensors.tensor(norm + ".running_var");
        double[] scale = new double[gamma.elements()];
        Arrays.setAll(scale, i -> gamma.get(i) / Math.sqrt(variance.get(i) + eps));
        return new BatchNorm(scale, tensors.tensor(norm + ".bias"), tensors.tensor(norm + ".running_mean"));
    }
}
