package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.liveportrait.face.FacePoints;
import io.avatarservice.server.driver.liveportrait.face.PortraitCrop;
import io.avatarservice.server.driver.stage.StageInputs;
import io.avatarservice.server.driver.stage.StageTensors;
import io.avatarservice.server.driver.stage.TensorStage;
import io.avatarservice.server.driver.stage.TensorStages;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.network.InstallLog;
import io.avatarservice.server.torch.network.NetworkLoader;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The stages of LivePortrait. */
public final class LivePortraitStages implements TensorStages {

    private static final int CHANNELS = 3;

    private final Map<String, TensorStage> stages = new TreeMap<>();
    private final NetworkLoader loader;
    private final LivePortraitNetworks networks;

    /**
     * @param runtime runs the networks; not closed
     * @param checkpoints where weights come from; only those of the stages that are run are asked for
     */
    public LivePortraitStages(
            TorchRuntime runtime, ProgramLibrary library, ProgramInstaller installer, CheckpointSources checkpoints) {
        loader = new NetworkLoader(runtime, () -> library, installer, checkpoints, new InstallLog());
        networks = new LivePortraitNetworks(loader);
        stages.put("lp-appearance", inputs -> Map.of("feature", networks.appearance(inputs.get("image"))));
        stages.put("lp-motion", this::motion);
        stages.put("lp-transform", LivePortraitStages::transform);
        stages.put("lp-warp", this::warp);
        stages.put("lp-decode", inputs -> Map.of("frames", networks.decode(inputs.get("warped"))));
        stages.put("lp-stitch", this::stitch);
        stages.put("lp-retarget", this::retarget);
        stages.put("lp-crop", LivePortraitStages::crop);
    }

    @Override
    public Set<String> names() {
        return stages.keySet();
    }

    @Override
    public boolean yieldsBytes(String stage, String output) {
        return stage.equals("lp-crop") && output.equals("crop");
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

    private Map<String, FloatTensor> motion(StageInputs inputs) {
        FaceMotion motion = networks.motion(inputs.get("image"));
        Map<String, FloatTensor> outputs = new LinkedHashMap<>();
        outputs.put("pitch", motion.pitch());
        outputs.put("yaw", motion.yaw());
        outputs.put("roll", motion.roll());
        outputs.put("t", motion.translation());
        outputs.put("exp", motion.expression());
        outputs.put("scale", motion.scale());
        outputs.put("kp", motion.keypoints());
        return outputs;
    }

    private static Map<String, FloatTensor> transform(StageInputs inputs) {
        FaceMotion motion = new FaceMotion(
                inputs.get("pitch"),
                inputs.get("yaw"),
                inputs.get("roll"),
                inputs.get("t"),
                inputs.get("exp"),
                inputs.get("scale"),
                inputs.get("kp"));
        return Map.of("rotation", motion.rotation(), "x", motion.placed());
    }

    private Map<String, FloatTensor> warp(StageInputs inputs) {
        List<FloatTensor> outputs =
                networks.warp(inputs.get("feature"), inputs.get("kp_source"), inputs.get("kp_driving"));
        return Map.of("warped", outputs.get(0), "occlusion", outputs.get(1), "deformation", outputs.get(2));
    }

    private Map<String, FloatTensor> stitch(StageInputs inputs) {
        return Map.of("kp", networks.stitch(inputs.get("kp_source"), inputs.get("kp_driving")));
    }

    private Map<String, FloatTensor> retarget(StageInputs inputs) {
        FloatTensor source = inputs.get("kp_source");
        return Map.of(
                "eye", networks.eyes(source, inputs.get("eye_ratio")),
                "lip", networks.lips(source, inputs.get("lip_ratio")));
    }

    private static Map<String, FloatTensor> crop(StageInputs inputs) {
        FloatTensor picture = inputs.get("picture");
        FacePoints points = FacePoints.of(inputs.get("points"));
        picture.requireShape("the picture", picture.size(0), picture.size(1), CHANNELS);
        PortraitCrop crop = PortraitCrop.of(StageTensors.bytes(picture), picture.size(1), picture.size(0), points);
        return Map.of(
                "crop", StageTensors.floats(crop.pixels(), PortraitCrop.SIDE, PortraitCrop.SIDE, CHANNELS),
                "matrix", FloatTensor.of(crop.toCrop().matrix(), 3, 3));
    }

    @Override
    public void close() {
        loader.close();
    }
}
