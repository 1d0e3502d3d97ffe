package io.avatarservice.server.driver.liveportrait.motion;

import io.avatarservice.server.torch.FloatTensor;

/**
 * Gives a portrait the motion of a driving face.
 *
 * @param canonical keypoints of the portrait, {@code [1,3K]}
 * @param source the portrait's own motion
 * @param first the motion of the first driving frame
 * @param region what is taken from the driving face
 * @param relative whether the change since the first frame is taken, or the driving face's motion as it is
 */
public record MotionComposer(
        FloatTensor canonical, HeadMotion source, HeadMotion first, AnimationRegion region, boolean relative) {

    private static final int AXES = 3;

    /** The portrait's keypoints {@code [1,K,3]} for one driving frame. */
    public FloatTensor keypoints(HeadMotion driving) {
        return new HeadMotion(rotation(driving), expression(driving), scale(driving), translation(driving))
                .place(canonical);
    }

    private FloatTensor rotation(HeadMotion driving) {
        if (!region.movesHead()) {
            return source.rotation();
        }
        if (!relative) {
            return driving.rotation();
        }
        double[] turn =
                product(driving.rotation().values(), transposed(first.rotation().values()));
        return floats(product(turn, doubles(source.rotation().values())), source.rotation());
    }

    private FloatTensor expression(HeadMotion driving) {
        float[] own = source.expression().values();
        double[] values = doubles(own);
        for (int i = 0; i < values.length; i++) {
            if (region.movesExpression(i / AXES, i % AXES, relative)) {
                values[i] = moved(
                        own[i],
                        driving.expression().values()[i],
                        first.expression().values()[i]);
            }
        }
        return floats(values, source.expression());
    }

    private FloatTensor scale(HeadMotion driving) {
        if (region != AnimationRegion.ALL || !relative) {
            return source.scale();
        }
        double growth = (double) driving.scale().values()[0] / first.scale().values()[0];
        return floats(new double[] {source.scale().values()[0] * growth}, source.scale());
    }

    private FloatTensor translation(HeadMotion driving) {
        if (!region.movesHead()) {
            return source.translation();
        }
        double[] values = new double[AXES];
        for (int i = 0; i < AXES; i++) {
            values[i] = moved(
                    source.translation().values()[i],
                    driving.translation().values()[i],
                    first.translation().values()[i]);
        }
        return floats(values, source.translation());
    }

    private double moved(double own, double driving, double start) {
        return relative ? own + driving - start : driving;
    }

    private static double[] product(float[] left, double[] right) {
        return product(doubles(left), right);
    }

    private static double[] product(double[] left, double[] right) {
        double[] product = new double[AXES * AXES];
        for (int i = 0; i < product.length; i++) {
            for (int k = 0; k < AXES; k++) {
                product[i] += left[i / AXES * AXES + k] * right[k * AXES + i % AXES];
            }
        }
        return product;
    }

    private static double[] transposed(float[] matrix) {
        double[] transposed = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            transposed[i % AXES * AXES + i / AXES] = matrix[i];
        }
        return transposed;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static FloatTensor floats(double[] values, FloatTensor like) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return new FloatTensor(floats, like.shape());
    }
}
