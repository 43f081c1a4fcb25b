package io.fluxrig.engine.gears.conductor.route;

import java.nio.charset.StandardCharsets;

/** Shows bytes as ISO 8859-1 characters, for a regex; nothing is copied. Valid while the bytes are. */
final class Characters implements CharSequence {
    private byte[] bytes = ValueMatch.NOTHING;
    private int length;

    void over(byte[] newBytes, int newLength) {
        bytes = newBytes;
        length = newLength;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes[index] & 0xFF);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** The number of characters and never the value: it may be a card number. */
    @Override
    public String toString() {
        return "characters=" + length;
    }
}
