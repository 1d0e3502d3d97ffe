package io.avatarservice.server.driver.sadtalker;

import ai.djl.ndarray.NDManager;
import io.avatarservice.server.driver.picture.BilinearResizer;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.audio.MelSpectrogram;
import io.avatarservice.server.driver.sadtalker.audio.MelWindows;
import io.avatarservice.server.driver.sadtalker.audio.SampleSource;
import io.avatarservice.server.driver.sadtalker.face.Box;
import io.avatarservice.server.driver.sadtalker.face.FaceDetections;
import io.avatarservice.server.driver.sadtalker.motion.PoseSmoothing;
import io.avatarservice.server.driver.stage.StageInputs;
import io.avatarservice.server.driver.stage.StageTensors;
import io.avatarservice.server.driver.stage.TensorStage;
import io.avatarservice.server.driver.stage.TensorStages;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.network.InstallLog;
import io.avatarservice.server.torch.network.NetworkLoader;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The stages of SadTalker. */
public final class SadTalkerStages implements TensorStages {

    private static final int CHANNELS = 3;

    private final Map<String, TensorStage> stages = new TreeMap<>();
    private final NetworkLoader loader;

    /**
     * @param runtime runs the networks; not closed
     * @param checkpoints where weights come from; only those of the stages that are run are asked for
     */
    public SadTalkerStages(
            TorchRuntime runtime, ProgramLibrary library, ProgramInstaller installer, CheckpointSources checkpoints) {
        loader = new NetworkLoader(runtime, () -> library, installer, checkpoints, new InstallLog());
        stages.put("mel", this::mel);
        stages.put("detect", this::detect);
        stages.put("landmarks", inputs -> Map.of("heatmaps", small().heatmaps(inputs.get("crop"))));
        stages.put("recon", inputs -> Map.of("coeff", small().coefficients(inputs.get("image"))));
        stages.put("audio2exp", this::expressions);
        stages.put("audio2pose", this::poses);
        stages.put("mapping", this::mapping);
        stages.put("keypoints", this::keypoints);
        stages.put("transform", this::transform);
        stages.put("render", this::render);
        stages.put("paste", this::paste);
    }

    @Override
    public Set<String> names() {
        return stages.keySet();
    }

    @Override
    public boolean yieldsBytes(String stage, String output) {
        return stage.equals("paste");
    }

    @Override
    public Map<String, FloatTensor> run(String name, Map<String, FloatTensor> inputs) {
        TensorStage stage = stages.get(name);
        if (stage == null) {
            throw new IllegalArgumentException(
                    "there is no stage '%s'; there are %s".formatted(name, String.join(", ", names())));
        }
        return stage.run(new StageInputs(name, inputs));
    }

    private Networks small() {
        return new Networks(loader, 256);
    }

    /** The networks whose weights depend on the size: those of the larger checkpoint for its larger images. */
    private Networks sized(int side) {
        return new Networks(loader, side <= 256 ? 256 : 512);
    }

    private Map<String, FloatTensor> mel(StageInputs inputs) {
        MelSpectrogram mel = MelSpectrogram.of(SampleSource.of(inputs.get("pcm").values()));
        return ordered("mel", mel.tensor(), "windows", MelWindows.of(mel, 0, mel.frames()));
    }

    private Map<String, FloatTensor> detect(StageInputs inputs) {
        FloatTensor image = inputs.get("image");
        int height = image.size(0);
        int width = image.size(1);
        List<FloatTensor> raw = small().detections(channelsFirst(image));
        FaceDetections faces = FaceDetections.of(
                raw.get(0), raw.get(1), raw.get(2), new Size(width, height), FaceDetections.SCORE_THRESHOLD);
        Map<String, FloatTensor> outputs = ordered("loc", raw.get(0), "conf", raw.get(1));
        outputs.put("landmarks", raw.get(2));
        outputs.put("boxes", faces.boxes());
        return outputs;
    }

    private Map<String, FloatTensor> expressions(StageInputs inputs) {
        FloatTensor expressions = new SpeechNetworks(small())
                .expressions(SpeechWindows.of(inputs.get("windows")), inputs.get("ref_exp"), inputs.get("blink"));
        return Map.of("exp", expressions);
    }

    private Map<String, FloatTensor> poses(StageInputs inputs) {
        FloatTensor raw = new SpeechNetworks(small())
                .poses(
                        SpeechWindows.of(inputs.get("windows")),
                        inputs.get("ref_pose"),
                        (int) inputs.get("style").values()[0],
                        inputs.get("z"));
        return ordered("raw", raw, "pose", PoseSmoothing.smooth(raw));
    }

    private Map<String, FloatTensor> mapping(StageInputs inputs) {
        MappedMotion motion = small().map(inputs.get("coeff"));
        Map<String, FloatTensor> outputs = ordered("yaw", motion.yaw(), "pitch", motion.pitch());
        outputs.put("roll", motion.roll());
        outputs.put("t", motion.translation());
        outputs.put("exp", motion.expression());
        return outputs;
    }

    private Map<String, FloatTensor> keypoints(StageInputs inputs) {
        FloatTensor image = inputs.get("image");
        return Map.of("kp", sized(image.size(3)).keypoints(image));
    }

    private Map<String, FloatTensor> transform(StageInputs inputs) {
        MappedMotion motion = new MappedMotion(
                inputs.get("yaw"), inputs.get("pitch"), inputs.get("roll"), inputs.get("t"), inputs.get("exp"));
        return Map.of("kp", motion.applyTo(inputs.get("kp")));
    }

    private Map<String, FloatTensor> render(StageInputs inputs) {
        FloatTensor image = inputs.get("image");
        Networks networks = sized(image.size(3));
        try (NDManager scope = networks.runtime().newScope()) {
            return Map.of(
                    "frames",
                    networks.renderToHost(
                            scope, networks.encode(scope, image), inputs.get("kp_source"), inputs.get("kp_driving")));
        }
    }

    private Map<String, FloatTensor> paste(StageInputs inputs) {
        FloatTensor frames = inputs.get("frames");
        FloatTensor picture = inputs.get("picture");
        float[] corners = inputs.get("box").values();
        Box box = new Box((int) corners[0], (int) corners[1], (int) corners[2], (int) corners[3]);
        Picture whole = new Picture(picture.size(1), picture.size(0), StageTensors.bytes(picture));
        BilinearResizer resizer = new BilinearResizer(new Size(frames.size(2), frames.size(1)), box.size(), CHANNELS);
        List<byte[]> fitted = new ArrayList<>();
        for (int i = 0; i < frames.size(0); i++) {
            byte[] frame = new byte[box.width() * box.height() * CHANNELS];
            resizer.resize(StageTensors.bytes(frames.rows(i, i + 1)), frame);
            fitted.add(frame);
        }
        List<FloatTensor> pictures = new ArrayList<>();
        for (byte[] patch : small().paste(fitted, PastedFrames.inside(whole, box), box.size())) {
            pictures.add(StageTensors.floats(
                    PastedFrames.over(whole, patch, box), 1, whole.height(), whole.width(), CHANNELS));
        }
        return Map.of("pictures", FloatTensor.concatenated(pictures));
    }

    private static FloatTensor channelsFirst(FloatTensor image) {
        int height = image.size(0);
        int width = image.size(1);
        float[] planes = new float[image.values().length];
        for (int i = 0; i < planes.length; i++) {
            planes[i % CHANNELS * height * width + i / CHANNELS] = image.values()[i];
        }
        return FloatTensor.of(planes, 1, CHANNELS, height, width);
    }

    private static Map<String, FloatTensor> ordered(
            String first, FloatTensor firstTensor, String second, FloatTensor secondTensor) {
        Map<String, FloatTensor> outputs = new LinkedHashMap<>();
        outputs.put(first, firstTensor);
        outputs.put(second, secondTensor);
        return outputs;
    }

    @Override
    public void close() {
        loader.close();
    }
}
