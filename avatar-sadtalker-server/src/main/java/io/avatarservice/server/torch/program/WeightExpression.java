package io.avatarservice.server.torch.program;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the elements of a storage follow from the tensors of a checkpoint; in JSON a tensor's name, or an object whose
 * {@code op} says which. Everything is computed in double precision and rounded once, by the reader of the result.
 *
 * <p>A {@code norm} is the common beginning of the tensors of one batch normalization: {@code .weight} (gamma), {@code
 * .bias} (beta), {@code .running_mean} and {@code .running_var}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op", defaultImpl = WeightExpression.Copy.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = WeightExpression.FoldWeight.class, name = "fold_weight"),
    @JsonSubTypes.Type(value = WeightExpression.FoldBias.class, name = "fold_bias"),
    @JsonSubTypes.Type(value = WeightExpression.Scale.class, name = "scale"),
    @JsonSubTypes.Type(value = WeightExpression.Shift.class, name = "shift"),
    @JsonSubTypes.Type(value = WeightExpression.Spectral.class, name = "spectral"),
    @JsonSubTypes.Type(value = WeightExpression.Concat.class, name = "concat"),
    @JsonSubTypes.Type(value = WeightExpression.Slice.class, name = "slice"),
    @JsonSubTypes.Type(value = WeightExpression.Reshape.class, name = "reshape"),
    @JsonSubTypes.Type(value = WeightExpression.Permute.class, name = "permute"),
    @JsonSubTypes.Type(value = WeightExpression.TapSum.class, name = "tap_sum"),
    @JsonSubTypes.Type(value = WeightExpression.Project.class, name = "project"),
    @JsonSubTypes.Type(value = WeightExpression.AddScalar.class, name = "add_scalar")
})
sealed interface WeightExpression {

    /**
     * @return the elements, lazily
     * @throws IllegalArgumentException where the shapes of the operands do not fit one another
     */
    Weights evaluate(TensorSource tensors);

    /** A tensor as it is. */
    record Copy(String tensor) implements WeightExpression {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Copy {}

        @Override
        public Weights evaluate(TensorSource tensors) {
            return tensors.tensor(tensor);
        }
    }

    /** A layer's weight with the batch normalization after it folded in: {@code W · gamma / √(var + eps)} along axis 0. */
    record FoldWeight(WeightExpression weight, String norm, double eps) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            Weights original = weight.evaluate(tensors);
            double[] scale = BatchNorm.read(tensors, norm, eps).scale();
            require(
                    original.rank() > 0 && original.size(0) == scale.length,
                    "a weight %s before a normalization of %d channels",
                    original.shape(),
                    scale.length);
            int channel = original.stride(0);
            return new Weights(original.shape(), i -> original.get(i) * scale[i / channel]);
        }
    }

    /** The bias that belongs to a folded weight: {@code beta + (bias - mean) · gamma / √(var + eps)}; no bias is zero. */
    record FoldBias(@Nullable WeightExpression bias, String norm, double eps) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            BatchNorm batchNorm = BatchNorm.read(tensors, norm, eps);
            double[] scale = batchNorm.scale();
            List<Long> shape = List.of((long) scale.length);
            IntToDoubleFunction original = i -> 0;
            if (bias != null) {
                Weights weights = bias.evaluate(tensors);
                require(weights.shape().equals(shape), "a bias %s before %d channels", weights.shape(), scale.length);
                original = weights.values();
            }
            IntToDoubleFunction values = original;
            return new Weights(
                    shape,
                    i -> batchNorm.beta().get(i)
                            + (values.applyAsDouble(i) - batchNorm.mean().get(i)) * scale[i]);
        }
    }

    /** The factor of a batch normalization: {@code gamma / √(var + eps)}. */
    record Scale(String norm, double eps) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            double[] scale = BatchNorm.read(tensors, norm, eps).scale();
            return new Weights(List.of((long) scale.length), i -> scale[i]);
        }
    }

    /** The summand of a batch normalization: {@code beta - mean · gamma / √(var + eps)}. */
    record Shift(String norm, double eps) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            return new FoldBias(null, norm, eps).evaluate(tensors);
        }
    }

    /**
     * A weight under spectral normalization: {@code weight_orig / (uᵀ · W · v)} with {@code W} the weight as a matrix
     * [out, rest], and {@code u}, {@code v} as they were left by training.
     */
    record Spectral(String of) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            Weights original = tensors.tensor(of + ".weight_orig");
            Weights u = tensors.tensor(of + ".weight_u");
            Weights v = tensors.tensor(of + ".weight_v");
            int columns = v.elements();
            require(
                    original.rank() > 1 && original.size(0) == u.elements() && original.stride(0) == columns,
                    "a weight %s with singular vectors of %d and %d elements",
                    original.shape(),
                    u.elements(),
                    columns);
            double sigma = 0;
            for (int row = 0; row < u.elements(); row++) {
                double product = 0;
                for (int column = 0; column < columns; column++) {
                    product += original.get(row * columns + column) * v.get(column);
                }
                sigma += u.get(row) * product;
            }
            double norm = sigma;
            return new Weights(original.shape(), i -> original.get(i) / norm);
        }
    }

    /** Tensors joined along an axis. */
    record Concat(List<WeightExpression> of, int axis) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            require(!of.isEmpty(), "a concatenation of nothing");
            List<Weights> parts =
                    of.stream().map(part -> part.evaluate(tensors)).toList();
            List<Long> shape = new ArrayList<>(parts.get(0).shape());
            requireAxis(axis, shape);
            shape.set(
                    axis,
                    parts.stream().mapToLong(part -> part.shape().get(axis)).sum());
            int[] blocks = new int[parts.size()];
            for (int i = 0; i < blocks.length; i++) {
                List<Long> fitted = new ArrayList<>(parts.get(i).shape());
                fitted.set(axis, shape.get(axis));
                require(
                        fitted.equals(shape),
                        "%s joined with %s along axis %d",
                        parts.get(i).shape(),
                        shape,
                        axis);
                blocks[i] = parts.get(i).block(axis);
            }
            int whole = Arrays.stream(blocks).sum();
            return new Weights(shape, i -> {
                int rest = i % whole;
                int part = 0;
                while (rest >= blocks[part]) {
                    rest -= blocks[part++];
                }
                return parts.get(part).get(i / whole * blocks[part] + rest);
            });
        }
    }

    /** The elements from {@code start} to before {@code end} along an axis. */
    record Slice(WeightExpression of, int axis, int start, int end) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            Weights original = of.evaluate(tensors);
            List<Long> shape = new ArrayList<>(original.shape());
            requireAxis(axis, shape);
            require(
                    0 <= start && start < end && end <= shape.get(axis),
                    "elements %d to %d along axis %d of %s",
                    start,
                    end,
                    axis,
                    shape);
            shape.set(axis, (long) end - start);
            int stride = original.stride(axis);
            int from = original.block(axis);
            int to = (end - start) * stride;
            int offset = start * stride;
            return new Weights(shape, i -> original.get(i / to * from + offset + i % to));
        }
    }

    /** The same elements in another shape. */
    record Reshape(WeightExpression of, List<Long> shape) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            Weights original = of.evaluate(tensors);
            Weights reshaped = new Weights(shape, original.values());
            require(reshaped.elements() == original.elements(), "%s as %s", original.shape(), shape);
            return reshaped;
        }
    }

    /** The axes in another order: axis {@code i} of the result is axis {@code axes[i]} of the operand. */
    record Permute(WeightExpression of, List<Integer> axes) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            Weights original = of.evaluate(tensors);
            List<Integer> sorted = axes.stream().sorted().toList();
            require(
                    sorted.equals(IntStream.range(0, original.rank()).boxed().toList()),
                    "the axes %s of %s",
                    axes,
                    original.shape());
            List<Long> shape = axes.stream().map(original.shape()::get).toList();
            int[] sizes = shape.stream().mapToInt(Math::toIntExact).toArray();
            int[] strides = axes.stream().mapToInt(original::stride).toArray();
            return new Weights(shape, i -> {
                int rest = i;
                int index = 0;
                for (int axis = sizes.length - 1; axis >= 0; axis--) {
                    index += rest % sizes[axis] * strides[axis];
                    rest /= sizes[axis];
                }
                return original.get(index);
            });
        }
    }

    /**
     * A smaller kernel: row {@code r} of the result is the sum of the operand's rows {@code rows[r]}, and columns likewise.
     * Rows and columns are the last two axes.
     */
    record TapSum(WeightExpression of, List<List<Integer>> rows, List<List<Integer>> columns)
            implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            Weights original = of.evaluate(tensors);
            int rank = original.rank();
            require(rank >= 2, "the taps of %s", original.shape());
            int height = original.size(rank - 2);
            int width = original.size(rank - 1);
            requireTaps(rows, height, original);
            requireTaps(columns, width, original);
            List<Long> shape = new ArrayList<>(original.shape());
            shape.set(rank - 2, (long) rows.size());
            shape.set(rank - 1, (long) columns.size());
            int kernel = rows.size() * columns.size();
            return new Weights(shape, i -> {
                int first = i / kernel * height * width;
                int tap = i % kernel;
                double sum = 0;
                for (int row : rows.get(tap / columns.size())) {
                    for (int column : columns.get(tap % columns.size())) {
                        sum += original.get(first + row * width + column);
                    }
                }
                return sum;
            });
        }

        private static void requireTaps(List<List<Integer>> taps, int size, Weights original) {
            boolean fit =
                    !taps.isEmpty() && taps.stream().flatMap(List::stream).allMatch(tap -> 0 <= tap && tap < size);
            require(fit, "the taps %s of %s", taps, original.shape());
        }
    }

    /**
     * A kernel or bias [C, ...] with the 1x1 convolution after it, {@code weight} [O, C, 1, 1], as one: their matrix product
     * [O, ...].
     */
    record Project(WeightExpression weight, WeightExpression of) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            Weights projection = weight.evaluate(tensors);
            Weights original = of.evaluate(tensors);
            require(
                    projection.rank() > 1 && original.rank() > 0 && projection.stride(0) == original.size(0),
                    "%s after %s",
                    projection.shape(),
                    original.shape());
            int channels = original.size(0);
            int inner = original.stride(0);
            // each factor is needed many times
            double[] factors = IntStream.range(0, projection.elements())
                    .mapToDouble(projection::get)
                    .toArray();
            List<Long> shape = new ArrayList<>(original.shape());
            shape.set(0, (long) projection.size(0));
            return new Weights(shape, i -> {
                int row = i / inner * channels;
                double sum = 0;
                for (int channel = 0; channel < channels; channel++) {
                    sum += factors[row + channel] * original.get(channel * inner + i % inner);
                }
                return sum;
            });
        }
    }

    /** A number added to each element. */
    record AddScalar(WeightExpression of, double value) implements WeightExpression {

        @Override
        public Weights evaluate(TensorSource tensors) {
            Weights original = of.evaluate(tensors);
            return new Weights(original.shape(), i -> original.get(i) + value);
        }
    }

    private static void requireAxis(int axis, List<Long> shape) {
        require(0 <= axis && axis < shape.size(), "axis %d of %s", axis, shape);
    }

    private static void require(boolean condition, String message, Object... arguments) {
        if (!condition) {
            throw new IllegalArgumentException("no such weight: " + message.formatted(arguments));
        }
    }
}
