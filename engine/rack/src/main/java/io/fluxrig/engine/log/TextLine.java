package io.fluxrig.engine.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** One event as a line for people: time in UTC, as everywhere, level, where, what. Control characters are shown, so no message can fake a line. */
final class TextLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private TextLine() {}

    static void write(ILoggingEvent event, StringBuilder out) {
        TIME.formatTo(event.getInstant(), out);
        out.append(' ').append(String.format("%-5s", event.getLevel())).append(' ');
        out.append(shortName(MaskedLine.clean(event.getLoggerName()))).append(": ");
        visible(out, MaskedLine.message(event));
        MaskedLine.context(event).forEach((key, value) -> {
            out.append(' ');
            visible(out, key);
            out.append('=');
            visible(out, value);
        });
        String trace = MaskedLine.trace(event);
        for (String line : trace.isEmpty() ? new String[0] : trace.split("\\R")) {
            out.append("\n    ");
            visible(out, line);
        }
    }

    /** {@code io.fluxrig.engine.rack.RackSupervisor} as {@code RackSupervisor}; {@code gear.switch} as it is. */
    private static String shortName(String logger) {
        return logger.startsWith("gear.") ? logger : logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static void visible(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append("\\n");
            } else if (c == '\t') {
                out.append(' ');
            } else {
                out.append(Character.isISOControl(c) ? '?' : c);
            }
        }
    }
}
