package io.avatarservice.server.driver.liveportrait.face;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_dnn.readNetFromONNX;

import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.model.ModelException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;

/** LivePortrait's {@code landmark.onnx}: 203 landmarks of the face in an upright crop. For one thread. */
final class LandmarkNetwork implements AutoCloseable {

    /** Side of the crop, pixels. */
    static final int SIDE = 224;

    private static final int CHANNELS = 3;
    private static final int POINTS = 203;

    private final Net net;
    private final StringVector outputs;

    /**
     * Loads the network.
     *
     * @throws ModelException where the file is no such network
     */
    LandmarkNetwork(Path file) {
        try {
            net = readNetFromONNX(file.toString());
            outputs = net.getUnconnectedOutLayersNames();
        } catch (RuntimeException e) {
            throw new ModelException("%s is damaged or no ONNX network".formatted(file), e);
        }
    }

    /**
     * The landmarks in the crop's pixels.
     *
     * @param crop {@code 224 × 224 × 3} bytes, red first
     */
    FacePoints read(byte[] crop) {
        try (PointerScope scope = new PointerScope();
                Mat input = new Mat(new int[] {1, CHANNELS, SIDE, SIDE}, CV_32F)) {
            input.<FloatBuffer>createBuffer().put(planes(crop));
            net.setInput(input);
            MatVector heads = new MatVector();
            net.forward(heads, outputs);
            for (Mat head : heads.get()) {
                // The file has two more outputs, which nobody explains; the number of values tells them apart.
                if (head.total() == 2 * POINTS) {
                    return FacePoints.of(FloatTensor.of(pixels(head), POINTS, 2));
                }
            }
        }
        throw new ModelException("landmark.onnx has no output of %d landmarks".formatted(POINTS));
    }

    private static float[] planes(byte[] crop) {
        int plane = SIDE * SIDE;
        float[] values = new float[crop.length];
        for (int i = 0; i < plane; i++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                values[channel * plane + i] = (crop[i * CHANNELS + channel] & 0xFF) / 255f;
            }
        }
        return values;
    }

    private static float[] pixels(Mat head) {
        float[] values = new float[2 * POINTS];
        head.<FloatBuffer>createBuffer().get(values);
        for (int i = 0; i < values.length; i++) {
            values[i] *= SIDE;
        }
        return values;
    }

    @Override
    public void close() {
        outputs.close();
        net.close();
    }
}
