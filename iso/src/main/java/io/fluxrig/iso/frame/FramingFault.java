package io.fluxrig.iso.frame;

/**
 * One thing wrong with the settings of a framing, in the words of the {@code io_iso8583} gear's configuration.
 *
 * @param key the configuration key, such as {@code frame_length_size}
 * @param message what is wrong, with numbers
 * @param fix what to write instead
 */
public record FramingFault(String key, String message, String fix) {}
