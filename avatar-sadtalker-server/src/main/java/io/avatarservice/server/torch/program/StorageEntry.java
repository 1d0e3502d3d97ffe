package io.avatarservice.server.torch.program;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.avatarservice.server.torch.Precision;
import java.util.List;

/**
 * One storage of an archive.
 *
 * @param type its element type
 * @param shape the dimensions of the tensor in it
 * @param weight how its elements follow from the checkpoint's tensors
 */
record StorageEntry(Type type, List<Long> shape, WeightExpression weight) {

    /** Whether the storage follows the archive's precision. */
    enum Type {
        /** Single precision in every archive. */
        @JsonProperty("f32")
        FLOAT32,
        /** The archive's precision. */
        @JsonProperty("precision")
        PRECISION
    }

    StorageEntry {
        shape = List.copyOf(shape);
    }

    Precision precisionIn(Precision archive) {
        return type == Type.FLOAT32 ? Precision.FLOAT32 : archive;
    }

    /** The size in an archive of the given precision, in bytes. */
    long bytes(Precision archive) {
        return Math.multiplyExact(
                shape.stream().reduce(1L, Math::multiplyExact),
                ElementEncoding.of(precisionIn(archive)).bytes());
    }
}
