package io.fluxrig.iso.reference;

import java.util.regex.Pattern;

/** Text of a file as one line that nothing can be done with: no control characters, nothing that turns the direction of writing. */
public final class Plain {
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private Plain() {}

    /** The text with a space for whatever cannot be seen. */
    public static String line(String text) {
        return UNSEEN.matcher(text).replaceAll(" ");
    }
}
