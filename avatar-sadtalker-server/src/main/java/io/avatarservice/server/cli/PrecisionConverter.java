package io.avatarservice.server.cli;

import io.avatarservice.server.torch.Precision;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a {@link Precision} by its short name. */
final class PrecisionConverter implements ITypeConverter<Precision> {

    @Override
    public Precision convert(String value) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.shortName().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected f32, f16 or bf16, not '" + value + "'"));
    }
}
