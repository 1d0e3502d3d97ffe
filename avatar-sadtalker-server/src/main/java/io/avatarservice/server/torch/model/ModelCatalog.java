package io.avatarservice.server.torch.model;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.net.URI;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The published file of every {@link Model}.
 *
 * <p>SadTalker's addresses are those of its own download script. Its authors publish neither sizes nor hashes: these are
 * the ones that independent users of the files wrote down. The size of the 512 file was found nowhere. LivePortrait's files
 * are those of its Hugging Face repository, with the sizes and hashes of the Git LFS pointers in public mirrors of it.
 */
public final class ModelCatalog {

    private static final String SADTALKER = "https://github.com/OpenTalker/SadTalker/releases/download/v0.0.2-rc/";
    private static final String FACEXLIB = "https://github.com/xinntao/facexlib/releases/download/v0.1.0/";
    private static final String LIVEPORTRAIT = "https://huggingface.co/KwaiVGI/LivePortrait/resolve/main/";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String WEIGHTS = "gfpgan/weights";

    private final Map<Model, ModelFile> files;

    ModelCatalog(Collection<ModelFile> files) {
        this.files = new EnumMap<>(files.stream().collect(toMap(ModelFile::model, identity())));
        for (Model model : Model.values()) {
            if (!this.files.containsKey(model)) {
                throw new IllegalArgumentException("no file of " + model);
            }
        }
    }

    /** The files as their authors publish them. */
    public static ModelCatalog official() {
        return new ModelCatalog(List.of(
                new ModelFile(
                        Model.SADTALKER_256,
                        CHECKPOINTS,
                        "SadTalker_V0.0.2_256.safetensors",
                        725_066_984L,
                        "c211f5d6de003516bf1bbda9f47049a4c9c99133b1ab565c6961e5af16477bff",
                        URI.create(SADTALKER + "SadTalker_V0.0.2_256.safetensors"),
                        "faces of 256x256"),
                new ModelFile(
                        Model.SADTALKER_512,
                        CHECKPOINTS,
                        "SadTalker_V0.0.2_512.safetensors",
                        null,
                        "0e063f7ff5258240bdb0f7690783a7b1374e6a4a81ce8fa33456f4cd49694340",
                        URI.create(SADTALKER + "SadTalker_V0.0.2_512.safetensors"),
                        "faces of 512x512"),
                new ModelFile(
                        Model.MAPPING_70,
                        CHECKPOINTS,
                        "mapping_00229-model.pth.tar",
                        155_521_183L,
                        "62a1e06006cc963220f6477438518ed86e9788226c62ae382ddc42fbcefb83f1",
                        URI.create(SADTALKER + "mapping_00229-model.pth.tar"),
                        "head pose: crop, resize, extcrop"),
                new ModelFile(
                        Model.MAPPING_73,
                        CHECKPOINTS,
                        "mapping_00109-model.pth.tar",
                        155_779_231L,
                        "84a8642468a3fcfdd9ab6be955267043116c2bec2284686a5262f1eaf017f64c",
                        URI.create(SADTALKER + "mapping_00109-model.pth.tar"),
                        "head pose: full, extfull"),
                new ModelFile(
                        Model.RETINAFACE,
                        WEIGHTS,
                        "detection_Resnet50_Final.pth",
                        109_497_761L,
                        "6d1de9c2944f2ccddca5f5e010ea5ae64a39845a86311af6fdf30841b0a5a16d",
                        URI.create(FACEXLIB + "detection_Resnet50_Final.pth"),
                        "face detection"),
                new ModelFile(
                        Model.FAN,
                        WEIGHTS,
                        "alignment_WFLW_4HG.pth",
                        193_670_248L,
                        "bbfd137307a4c7debd5c283b9b0ce539466cee417ac0a155e184d857f9f2899c",
                        URI.create(FACEXLIB + "alignment_WFLW_4HG.pth"),
                        "face landmarks"),
                liveportrait(
                        Model.LIVEPORTRAIT_APPEARANCE,
                        "liveportrait/base_models",
                        "appearance_feature_extractor.pth",
                        3_387_959L,
                        "5279bb8654293dbdf327030b397f107237dd9212fb11dd75b83dfb635211ceb5",
                        "the portrait's appearance"),
                liveportrait(
                        Model.LIVEPORTRAIT_MOTION,
                        "liveportrait/base_models",
                        "motion_extractor.pth",
                        112_545_506L,
                        "251e6a94ad667a1d0c69526d292677165110ef7f0cf0f6d199f0e414e8aa0ca5",
                        "keypoints, pose and expression"),
                liveportrait(
                        Model.LIVEPORTRAIT_WARPING,
                        "liveportrait/base_models",
                        "warping_module.pth",
                        182_180_086L,
                        "2f61a6f265fe344f14132364859a78bdbbc2068577170693da57fb96d636e282",
                        "motion of the appearance"),
                liveportrait(
                        Model.LIVEPORTRAIT_GENERATOR,
                        "liveportrait/base_models",
                        "spade_generator.pth",
                        221_813_590L,
                        "4780afc7909a9f84e24c01d73b31a555ef651521a1fe3b2429bd04534d992aee",
                        "frames of 512x512"),
                liveportrait(
                        Model.LIVEPORTRAIT_RETARGETING,
                        "liveportrait/retargeting_models",
                        "stitching_retargeting_module.pth",
                        2_393_098L,
                        "3652d5a3f95099141a56986aaddec92fadf0a73c87a20fac9a2c07c32b28b611",
                        "stitching, eyes and lips"),
                liveportrait(
                        Model.LIVEPORTRAIT_LANDMARKS,
                        "liveportrait",
                        "landmark.onnx",
                        114_666_491L,
                        "31d22a5041326c31f19b78886939a634a5aedcaa5ab8b9b951a1167595d147db",
                        "203 face landmarks")));
    }

    private static ModelFile liveportrait(
            Model model, String folder, String name, long bytes, String sha256, String purpose) {
        URI url = URI.create(LIVEPORTRAIT + folder + "/" + name);
        return new ModelFile(model, folder, name, bytes, sha256, url, purpose);
    }

    /** The file of one model. */
    public ModelFile file(Model model) {
        ModelFile file = files.get(model);
        if (file == null) {
            throw new IllegalStateException("no file of " + model);
        }
        return file;
    }

    /** The files of some models, in the order of {@link Model}. */
    public List<ModelFile> files(Collection<Model> models) {
        return files.values().stream()
                .filter(file -> models.contains(file.model()))
                .toList();
    }
}
