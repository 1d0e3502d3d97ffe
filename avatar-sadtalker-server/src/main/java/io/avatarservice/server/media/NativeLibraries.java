package io.avatarservice.server.media;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_dnn;

/** Loads the native libraries ahead of their first use. */
public final class NativeLibraries {

    private NativeLibraries() {}

    /**
     * Starts loading OpenCV in the background, where the seconds it takes pass beside the application's own start.
     *
     * <p>Looking for platform extensions (CUDA builds), which are not packed, would search every nested jar for each of
     * dozens of library names; that alone took about two seconds of a nine second command.
     */
    public static void preload() {
        System.setProperty("org.bytedeco.javacpp.platform.extension", "");
        Thread loader = new Thread(() -> Loader.load(opencv_dnn.class), "native-loader");
        loader.setDaemon(true);
        loader.start();
    }
}
