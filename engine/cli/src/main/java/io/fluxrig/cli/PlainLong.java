package io.fluxrig.cli;

import picocli.CommandLine.ITypeConverter;

/** Reads a whole number where {@link Durations} would else be asked. */
final class PlainLong implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        return Long.valueOf(text);
    }
}
