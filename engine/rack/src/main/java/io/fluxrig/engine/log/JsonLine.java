package io.fluxrig.engine.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Map;

/**
 * One event as one JSON object: {@code ts} (ISO 8601, UTC), {@code level}, {@code logger}, {@code thread}, {@code message},
 * the context under {@code context}, a stack trace under {@code exception}.
 */
final class JsonLine {

    private JsonLine() {}

    static void write(ILoggingEvent event, StringBuilder out) {
        out.append("{\"ts\":\"").append(event.getInstant()).append('"');
        field(out, "level", event.getLevel().toString());
        field(out, "logger", MaskedLine.clean(event.getLoggerName()));
        field(out, "thread", MaskedLine.clean(event.getThreadName()));
        field(out, "message", MaskedLine.message(event));
        Map<String, String> context = MaskedLine.context(event);
        if (!context.isEmpty()) {
            out.append(",\"context\":{");
            String separator = "";
            for (Map.Entry<String, String> entry : context.entrySet()) {
                out.append(separator);
                quoted(out, entry.getKey());
                out.append(':');
                quoted(out, entry.getValue());
                separator = ",";
            }
            out.append('}');
        }
        String trace = MaskedLine.trace(event);
        if (!trace.isEmpty()) {
            field(out, "exception", trace);
        }
        out.append('}');
    }

    private static void field(StringBuilder out, String name, String value) {
        out.append(",\"").append(name).append("\":");
        quoted(out, value);
    }

    private static void quoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> plainOrEscaped(out, c);
            }
        }
        out.append('"');
    }

    private static void plainOrEscaped(StringBuilder out, char c) {
        if (c < 0x20 || c == 0x7f || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
            out.append("\\u").append(Character.forDigit(c >> 12, 16));
            out.append(Character.forDigit(c >> 8 & 15, 16));
            out.append(Character.forDigit(c >> 4 & 15, 16));
            out.append(Character.forDigit(c & 15, 16));
        } else {
            out.append(c);
        }
    }
}
