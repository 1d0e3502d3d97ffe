package io.avatarservice.server.torch.checkpoint;

/** The element types that occur in checkpoints. */
public enum ElementType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** The size of one element. */
    public int bytes() {
        return bytes;
    }
}
