package io.avatarservice.server.cli;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a {@link ModelSelection}: enum constants cannot be named 256. */
final class ModelSelectionConverter implements ITypeConverter<ModelSelection> {

    @Override
    public ModelSelection convert(String value) {
        return Arrays.stream(ModelSelection.values())
                .filter(selection -> selection.toString().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected 256, 512 or all, not '" + value + "'"));
    }
}
