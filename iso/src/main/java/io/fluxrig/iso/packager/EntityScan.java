package io.fluxrig.iso.packager;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Finds references to entities that a file would have to declare. The parser, which looks at no declaration, passes them over
 * inside attributes without a word; so a length of 1 and an entity would be taken for 1.
 */
final class EntityScan {
    private static final Set<String> KNOWN = Set.of("lt", "gt", "amp", "quot", "apos");
    private static final int NAME_MAX = 64;

    private final String text;

    /** A scan of a file in UTF-8, UTF-16 or any encoding that has ASCII's characters in ASCII's places. */
    EntityScan(byte[] source) {
        String bytes = new String(source, StandardCharsets.ISO_8859_1);
        boolean wide = bytes.startsWith("\u00fe\u00ff") || bytes.startsWith("\u00ff\u00fe") || bytes.indexOf(0) >= 0;
        text = wide ? bytes.replace("\0", "") : bytes;
    }

    /** The first such reference outside comments: its line from 1, a space, and itself. Null if there is none. */
    String first() {
        int line = 1;
        boolean comment = false;
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '\n') {
                line++;
            } else if (each == '<' && text.startsWith("<!--", at)) {
                comment = true;
            } else if (each == '-' && text.startsWith("-->", at)) {
                comment = false;
            } else if (each == '&' && !comment && isUnknown(at)) {
                return line + " " + text.substring(at, text.indexOf(';', at) + 1);
            }
        }
        return null;
    }

    private boolean isUnknown(int ampersand) {
        int at = ampersand + 1;
        while (at < text.length() && at - ampersand < NAME_MAX && isNamePart(text.charAt(at))) {
            at++;
        }
        boolean named = at > ampersand + 1 && at < text.length() && text.charAt(at) == ';';
        return named && !KNOWN.contains(text.substring(ampersand + 1, at));
    }

    private static boolean isNamePart(char each) {
        return each == '_' || each == ':' || each == '-' || each == '.' || Character.isLetterOrDigit(each);
    }
}
