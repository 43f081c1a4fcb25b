package io.fluxrig.engine.control;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Text that another node has sent, as it may stand in a terminal or a log: of one line and of bounded length, whoever sent it. Static
 * and stateless.
 */
public final class PlainText {
    /** Control characters, escape among them, and those that are not to be seen or turn the line's direction. */
    private static final Pattern UNSEEN = Pattern.compile("\\p{C}");

    private PlainText() {}

    /** @param lengthMax in characters; what is longer ends in an ellipsis */
    public static String of(String text, int lengthMax) {
        Objects.requireNonNull(text, "text");
        String shortened = text.length() <= lengthMax ? text : text.substring(0, lengthMax - 1) + "\u2026";
        return UNSEEN.matcher(shortened).replaceAll("?");
    }
}
