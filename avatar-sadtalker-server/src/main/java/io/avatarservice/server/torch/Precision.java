package io.avatarservice.server.torch;

/** The element type in which a network's heavy layers compute. */
public enum Precision {
    /** Single precision: the numbers of the reference. */
    FLOAT32("f32"),
    /** Half precision, for CUDA devices. */
    FLOAT16("f16"),
    /** Brain floating point, for CPUs and devices that have it. */
    BFLOAT16("bf16");

    private final String shortName;

    Precision(String shortName) {
        this.shortName = shortName;
    }

    /** The name in file names and on the command line: {@code f32}, {@code f16}, {@code bf16}. */
    public String shortName() {
        return shortName;
    }
}
