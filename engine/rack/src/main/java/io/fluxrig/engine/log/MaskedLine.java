package io.fluxrig.engine.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.fluxrig.iso.mask.MaskingText;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.event.KeyValuePair;

/** The texts of one log event with card data taken out; the only way from an event to its line. */
final class MaskedLine {
    /** Longest message or stack trace written; the rest is cut. */
    static final int TEXT_LENGTH_MAX = 16_384;

    private MaskedLine() {}

    static String message(ILoggingEvent event) {
        return clean(event.getFormattedMessage());
    }

    /** The stack trace of the event's exception with those of its causes, empty if it has none. */
    static String trace(ILoggingEvent event) {
        return event.getThrowableProxy() == null ? "" : clean(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }

    /** MDC and key-value pairs, by key. */
    static Map<String, String> context(ILoggingEvent event) {
        Map<String, String> context = new TreeMap<>();
        event.getMDCPropertyMap().forEach((key, value) -> context.put(clean(key), clean(value)));
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                context.put(clean(pair.key), clean(String.valueOf(pair.value)));
            }
        }
        return context;
    }

    static String clean(String text) {
        if (text == null) {
            return "";
        }
        String masked = MaskingText.scrub(text);
        return masked.length() > TEXT_LENGTH_MAX ? masked.substring(0, TEXT_LENGTH_MAX) + " [cut]" : masked;
    }
}
