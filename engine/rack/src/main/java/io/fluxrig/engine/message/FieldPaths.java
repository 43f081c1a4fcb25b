package io.fluxrig.engine.message;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Parsed paths by their bytes, so that a path met before costs no parsing. Keeps {@value #SLOTS} at most, the newest of each
 * slot. One thread.
 */
public final class FieldPaths {
    private static final int SLOTS = 1024;

    private final FieldPath[] paths = new FieldPath[SLOTS];
    private final byte[][] texts = new byte[SLOTS][];

    /** The path, null if it is none. */
    public FieldPath of(byte[] text, int length) {
        int slot = (int) Bytes.hash64(text, 0, length) & (SLOTS - 1);
        byte[] known = texts[slot];
        if (known == null || known.length != length || !Bytes.equal(known, 0, text, 0, length)) {
            return parse(text, length, slot);
        }
        return paths[slot];
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
