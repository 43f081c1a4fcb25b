package io.fluxrig.engine.passport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys that a mixer gives a rack that it admits, 32 bytes each, the newest first: that one seals, all of them open.
 *
 * @param wires for wires between racks, the same on all of them
 * @param journal for the journals on this rack's disk, its own
 * @param out {@link #mark}s of keys for wires that open nothing any more, {@value KeyRing#GRACE_MS} ms after this rack has heard of it
 */
public record GivenKeys(List<byte[]> wires, List<byte[]> journal, List<byte[]> out) {
    /** Keys of a kind at most. */
    public static final int KEYS_MAX = 16;

    /** Bytes of one. */
    public static final int KEY_LENGTH = 32;

    /** Keys that are out at most: as many as a rack may have. */
    public static final int OUT_MAX = 2 * KEYS_MAX;

    private static final int MARK_LENGTH = 8;
    private static final String HMAC = "HmacSHA256";

    /** As bytes at most. */
    public static final int LENGTH_MAX = 2048;

    public GivenKeys {
        wires = List.copyOf(wires);
        journal = List.copyOf(journal);
        for (List<byte[]> keys : List.of(wires, journal)) {
            if (keys.isEmpty() || keys.size() > KEYS_MAX || keys.stream().anyMatch(key -> key.length != KEY_LENGTH)) {
                throw new IllegalArgumentException(
                        "keys=" + keys.size() + " must be 1 to " + KEYS_MAX + ", each of " + KEY_LENGTH + " bytes");
            }
        }
        // mixers of before name none
        out = out == null ? List.of() : List.copyOf(out);
        if (out.size() > OUT_MAX || out.stream().anyMatch(mark -> mark.length != MARK_LENGTH)) {
            throw new IllegalArgumentException(
                    "out=" + out.size() + " must be at most " + OUT_MAX + ", each of " + MARK_LENGTH + " bytes");
        }
    }

    /** A few bytes that tell a key from others and say nothing about it. */
    public static byte[] mark(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return Arrays.copyOf(
                    mac.doFinal("fluxrig given key mark".getBytes(StandardCharsets.US_ASCII)), MARK_LENGTH);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", absent);
        }
    }

    /** Overwrites them: whoever keeps them has copies. */
    public void wipe() {
        wires.forEach(key -> Arrays.fill(key, (byte) 0));
        journal.forEach(key -> Arrays.fill(key, (byte) 0));
    }

    /**
     * What they are sealed as, see {@link KeyBox}.
     *
     * @param nonce of the hello that asked for them
     */
    public static String context(String rack, byte[] nonce) {
        return "keys of rack " + rack + " " + HexFormat.of().formatHex(nonce);
    }
}
