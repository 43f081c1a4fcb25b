package io.fluxrig.engine.message;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Parsed paths by their bytes, so that a path met before costs no parsing. Keeps {@value #SLOTS} at most: a path lies in one
 * of the {@value #WAYS} slots from its own on, and takes the place of the first where all of them are taken. One thread.
 */
public final class FieldPaths {
    private static final int SLOTS = 1024;
    private static final int WAYS = 8;

    private final FieldPath[] paths = new FieldPath[SLOTS];
    private final byte[][] texts = new byte[SLOTS][];

    /** The path, null if it is none. */
    public FieldPath of(byte[] text, int length) {
        int first = (int) Bytes.hash64(text, 0, length) & (SLOTS - 1);
        for (int way = 0; way < WAYS; way++) {
            int slot = (first + way) & (SLOTS - 1);
            byte[] known = texts[slot];
            if (known == null) {
                return parse(text, length, slot);
            }
            if (known.length == length && Bytes.equal(known, 0, text, 0, length)) {
                return paths[slot];
            }
        }
        return parse(text, length, first);
    }

    private FieldPath parse(byte[] text, int length, int slot) {
        try {
            FieldPath parsed = FieldPath.parse(new String(text, 0, length, StandardCharsets.ISO_8859_1));
            byte[] copy = new byte[length];
            System.arraycopy(text, 0, copy, 0, length);
            texts[slot] = copy;
            paths[slot] = parsed;
            return parsed;
        } catch (IllegalArgumentException notAPath) {
            return null;
        }
    }
}
