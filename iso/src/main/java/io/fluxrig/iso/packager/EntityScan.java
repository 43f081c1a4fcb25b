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

    /**
     * A reference.
     *
     * @param line where it stands, from 1
     * @param text itself, from its ampersand to its semicolon
     */
    record Reference(int line, String text) {}

    /** The first such reference where one can stand; null if there is none. */
    Reference first() {
        int line = 1;
        String closing = null;
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '\n') {
                line++;
            } else if (closing != null) {
                closing = text.startsWith(closing, at) ? null : closing;
            } else if (each == '<') {
                closing = closing(at);
            } else if (each == '&' && isUnknown(at)) {
                return new Reference(line, text.substring(at, text.indexOf(';', at) + 1));
            }
        }
        return null;
    }

    /** What ends the stretch that begins there and in which {@code &} is a letter like others; null if none does. */
    private String closing(int at) {
        if (text.startsWith("<!--", at)) {
            return "-->";
        }
        if (text.startsWith("<![CDATA[", at)) {
            return "]]>";
        }
        return text.startsWith("<?", at) ? "?>" : null;
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
