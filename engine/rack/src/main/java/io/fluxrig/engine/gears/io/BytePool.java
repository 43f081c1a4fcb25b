package io.fluxrig.engine.gears.io;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Arrays for what a read left over: half a frame, or frames that nobody took yet. A connection borrows one only while it
 * has such a rest, so an idle connection holds none. Strip thread only; what comes back is wiped.
 */
final class BytePool {
    static final int CHUNK = 4096;
    private static final int KEPT_MAX = 64;

    private final ArrayDeque<byte[]> kept = new ArrayDeque<>(KEPT_MAX);

    byte[] take(int length) {
        if (length > CHUNK) {
            return new byte[length];
        }
        byte[] chunk = kept.pollLast();
        return chunk == null ? new byte[CHUNK] : chunk;
    }

    /** @param used bytes that were written, from the start */
    void give(byte[] chunk, int used) {
        Arrays.fill(chunk, 0, used, (byte) 0);
        if (chunk.length == CHUNK && kept.size() < KEPT_MAX) {
            kept.addLast(chunk);
        }
    }
}
