package io.fluxrig.iso.encoding;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * EBCDIC code pages 037 and 1047 to ISO-8859-1 and back, one byte a character, all 256 of them, so that nothing is
 * lost either way. The tables stand here because a trimmed Java runtime may lack these charsets. Immutable.
 */
public final class Ebcdic {

    /** Code page 037. */
    public static final Ebcdic CP037 = new Ebcdic(
            "000102039c09867f978d8e0b0c0d0e0f101112139d8508871819928f1c1d1e1f80818283840a171b88898a8b8c050607"
                    + "909116939495960498999a9b14159e1a20a0e2e4e0e1e3e5e7f1a22e3c282b7c26e9eaebe8edeeefecdf21242a293bac"
                    + "2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22d8616263646566676869abbbf0fdfeb1"
                    + "b06a6b6c6d6e6f707172aabae6b8c6a4b57e737475767778797aa1bfd0dddeae5ea3a5b7a9a7b6bcbdbe5b5dafa8b4d7"
                    + "7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff5cf7535455565758595ab2d4d6d2d3d5"
                    + "30313233343536373839b3dbdcd9da9f");

    /** Code page 1047, as jPOS and most z/OS peers use. */
    public static final Ebcdic CP1047 = new Ebcdic(
            "000102039c09867f978d8e0b0c0d0e0f101112139d0a08871819928f1c1d1e1f808182838485171b88898a8b8c050607"
                    + "909116939495960498999a9b14159e1a20a0e2e4e0e1e3e5e7f1a22e3c282b7c26e9eaebe8edeeefecdf21242a293b5e"
                    + "2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22d8616263646566676869abbbf0fdfeb1"
                    + "b06a6b6c6d6e6f707172aabae6b8c6a4b57e737475767778797aa1bfd05bdeaeaca3a5b7a9a7b6bcbdbedda8af5db4d7"
                    + "7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff5cf7535455565758595ab2d4d6d2d3d5"
                    + "30313233343536373839b3dbdcd9da9f");

    /** What an EBCDIC and an ASCII digit differ in. */
    private static final long ZONES = 0xC0C0_C0C0_C0C0_C0C0L;

    private final byte[] toLatin;
    private final byte[] fromLatin = new byte[256];

    private Ebcdic(String latinHex) {
        toLatin = HexFormat.of().parseHex(latinHex);
        for (int code = 0; code < 256; code++) {
            fromLatin[toLatin[code] & 0xFF] = (byte) code;
        }
    }

    /** The character of an EBCDIC byte. */
    public int toLatin(int ebcdic) {
        return toLatin[ebcdic & 0xFF] & 0xFF;
    }

    /** The EBCDIC byte of a character. */
    public byte fromLatin(int character) {
        return fromLatin[character & 0xFF];
    }

    /** Reads characters, eight a step where they are digits: those differ in the two top bits only, F0 and 30. */
    public void decode(byte[] src, int offset, int length, byte[] dst, int dstOffset) {
        int i = 0;
        while (length - i >= Long.BYTES && Digits.areEbcdic(Bytes.longLe(src, offset + i))) {
            Bytes.putLongLe(dst, dstOffset + i, Bytes.longLe(src, offset + i) ^ ZONES);
            i += Long.BYTES;
        }
        for (; i < length; i++) {
            dst[dstOffset + i] = toLatin[src[offset + i] & 0xFF];
        }
    }

    /** Writes characters, eight a step where they are digits. */
    public void encode(byte[] src, int offset, int length, byte[] dst, int dstOffset) {
        int i = 0;
        while (length - i >= Long.BYTES && Digits.areAscii(Bytes.longLe(src, offset + i))) {
            Bytes.putLongLe(dst, dstOffset + i, Bytes.longLe(src, offset + i) ^ ZONES);
            i += Long.BYTES;
        }
        for (; i < length; i++) {
            dst[dstOffset + i] = fromLatin[src[offset + i] & 0xFF];
        }
    }

    /** Text as EBCDIC bytes: for tests and configuration. */
    public byte[] bytes(String text) {
        byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
        encode(latin, 0, latin.length, latin, 0);
        return latin;
    }
}
