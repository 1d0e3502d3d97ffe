package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.checkpoint.Checkpoint;
import io.avatarservice.server.torch.checkpoint.CheckpointException;
import io.avatarservice.server.torch.checkpoint.ElementType;
import io.avatarservice.server.torch.checkpoint.TensorInfo;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * A checkpoint with made-up weights. Each element follows from its tensor's name and its index alone, and is scaled so that
 * signals keep their size through the layers. The export's {@code random_weights.py} gives the same bits.
 */
final class RandomCheckpoint implements Checkpoint {

    /** Changes with the rule. */
    static final String FINGERPRINT = "random-v3";

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** The gains of convolutions by the beginning of the tensor's name; none begins like another. */
    private static final Map<String, Double> GAINS = Map.of(
            "state_dict.", 0.6,
            "body.", 0.7,
            "fpn.", 1.0,
            "ssh", 1.0,
            "face_3drecon.", 0.8,
            "audio2exp.", 1.0,
            "audio2pose.", 1.0,
            "generator.decoder.conv_img", 0.5,
            "conv_img", 0.5,
            // a softmax of tenfold logits follows
            "kp_extractor.kp.", 0.5);

    private final Map<String, TensorInfo> tensors;

    RandomCheckpoint(Map<String, List<Long>> shapes) {
        this.tensors = Collections.unmodifiableMap(shapes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        tensor -> new TensorInfo(ElementType.F32, tensor.getValue()),
                        (first, second) -> second,
                        LinkedHashMap::new)));
    }

    @Override
    public String source() {
        return FINGERPRINT;
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return tensors;
    }

    @Override
    public float[] read(String name) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new CheckpointException("%s: no tensor %s".formatted(FINGERPRINT, name));
        }
        float[] values = new float[Math.toIntExact(info.elements())];
        fill(name, info.shape(), values);
        return values;
    }

    @Override
    public void close() {
        // nothing is open
    }

    private static void fill(String name, List<Long> shape, float[] values) {
        if (name.endsWith("num_batches_tracked")) {
            return; // a counter, of zeros
        }
        if (name.endsWith("weight_orig")) {
            fillSpectral(name, shape, values);
        } else if (name.endsWith("weight_u") || name.endsWith("weight_v")) {
            fillSigns(name, values);
        } else if (name.endsWith("running_var")) {
            fill(name, values, u -> 1 + 0.3 * u);
        } else if (name.endsWith("weight") && shape.size() == 1) {
            fill(name, values, u -> 1 + 0.2 * u);
        } else if (name.endsWith("weight")) {
            double deviation = Math.sqrt(3.0 / fanIn(shape));
            double gain = shape.size() == 2 ? 1 : gain(name);
            fill(name, values, u -> u * deviation * gain);
        } else {
            fill(name, values, u -> 0.1 * u);
        }
    }

    private static void fill(String name, float[] values, DoubleUnaryOperator scale) {
        long seed = seed(name);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) scale.applyAsDouble(uniform(seed, i));
        }
    }

    /** Keeps outputs near 1: what grows through residual sums starts smaller. */
    private static double gain(String name) {
        return GAINS.entrySet().stream()
                .filter(gain -> name.startsWith(gain.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .findFirst()
                .orElse(1.4);
    }

    private static void fillSigns(String name, float[] values) {
        long seed = seed(name);
        double size = 1 / Math.sqrt(values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (uniform(seed, i) >= 0 ? size : -size);
        }
    }

    // A random part, and one of rank 1 along the stored singular vectors, so that these are close to true ones.
    private static void fillSpectral(String name, List<Long> shape, float[] values) {
        String layer = name.substring(0, name.length() - "orig".length());
        int columns = fanIn(shape);
        float[] u = new float[values.length / columns];
        float[] v = new float[columns];
        fillSigns(layer + "u", u);
        fillSigns(layer + "v", v);
        double spread = Math.sqrt(3.0 / columns);
        double singularValue = (Math.sqrt(u.length) + Math.sqrt(columns)) / Math.sqrt(columns);
        long seed = seed(name);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (uniform(seed, i) * spread + singularValue * (double) u[i / columns] * v[i % columns]);
        }
    }

    private static int fanIn(List<Long> shape) {
        return Math.toIntExact(shape.stream().skip(1).reduce(1L, Math::multiplyExact));
    }

    /** FNV-1a. */
    static long seed(String name) {
        long hash = FNV_OFFSET;
        for (byte character : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ character & 0xFF) * FNV_PRIME;
        }
        return hash;
    }

    /** SplitMix64's output number {@code index}, as a multiple of 2^-23 in [-1, 1). */
    static double uniform(long seed, long index) {
        long mixed = seed + (index + 1) * GOLDEN_GAMMA;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 40) * 0x1p-23 - 1;
    }
}
