package io.fluxrig.engine.artefact;

import java.util.Set;
import java.util.regex.Pattern;

/** What artefacts may be called, and by what they are asked for. */
final class Reference {
    static final String LATEST = "latest";
    static final String HASH = "sha256:";

    /** Digits of a hash in texts for people: fewer than the masker takes for a card number's, and enough to find it by. */
    static final int SHOWN = 10;

    /** Digits of a hash that may stand for all of it: as many as {@code codec.spec_hash} has. */
    static final int HASH_LENGTH_MIN = 12;

    private static final int HASH_LENGTH = 64;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{" + HASH_LENGTH_MIN + "," + HASH_LENGTH + "}");

    /** What is built in has these ahead of the colon, and so has a packager in a spec. */
    private static final Set<String> RESERVED = Set.of("fluxrig", "moov", "jpos", "sha256");

    private Reference() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches() && !RESERVED.contains(text);
    }

    static boolean isTag(String text) {
        return TAG.matcher(text).matches() && !text.equals(LATEST);
    }

    static boolean isHash(String text) {
        return text.length() == HASH_LENGTH && isHashStart(text);
    }

    static boolean isHashStart(String text) {
        return DIGITS.matcher(text).matches();
    }
}
