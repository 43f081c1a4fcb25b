package io.fluxrig.mixer.enrol;

/** What a rack says of itself, as the registry keeps it. */
final class HelloText {
    private static final int LENGTH_MAX = 64;

    private HelloText() {}

    static String shortened(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= LENGTH_MAX ? plain : plain.substring(0, LENGTH_MAX);
    }
}
