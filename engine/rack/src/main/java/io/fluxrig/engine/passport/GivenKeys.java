package io.fluxrig.engine.passport;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Keys that a mixer gives a rack that it admits, 32 bytes each, the newest first: that one seals, all of them open.
 *
 * @param wires for wires between racks, the same on all of them
 * @param journal for the journals on this rack's disk, its own
 */
public record GivenKeys(List<byte[]> wires, List<byte[]> journal) {
    /** Keys of a kind at most. */
    public static final int KEYS_MAX = 16;

    /** Bytes of one. */
    public static final int KEY_LENGTH = 32;

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
