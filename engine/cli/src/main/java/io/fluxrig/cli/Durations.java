package io.fluxrig.cli;

import io.fluxrig.engine.config.Quantity;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 250ms}, {@code 5s}, {@code 1m} as nanoseconds. */
final class Durations implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        OptionalLong nanos = Quantity.durationNs(text);
        if (nanos.isEmpty()) {
            throw new TypeConversionException("'" + text + "' is no duration; " + Quantity.DURATION_FIX);
        }
        return nanos.getAsLong();
    }
}
