package io.fluxrig.transport.msg;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import java.util.Arrays;

/**
 * Reads the map of {@code meta}: text to text, keys ascending. The map's bytes are copied into the {@link Meta} once and the
 * slots name slices of them. Remembers which key came behind which, since most messages of a wire have the same. One thread.
 */
final class MetaReader {
    /** First eight bytes of each encoded key by rank; ASCII and short, so that they compare as signed numbers. */
    private static final long[] PREFIXES = prefixes();

    /** By rank, and one more for the end: the first key at or above it when the map was there last. */
    private final byte[] expected = new byte[PREFIXES.length + 1];

    private int lastStart;
    private int lastEnd;
    private boolean lastKnown;

    MetaReader() {
        for (int rank = 0; rank < expected.length; rank++) {
            expected[rank] = (byte) rank;
        }
    }

    /** Faults stay with the reader. */
    void read(CborReader in, byte[] src, Meta into) {
        int entries = in.map();
        int bodyStart = in.position();
        lastStart = bodyStart;
        lastEnd = bodyStart;
        lastKnown = true;
        int rank = 0;
        long found = 0;
        for (int i = 0; i < entries && in.fault() == CborFault.NONE; i++) {
            int next = expected[rank];
            if (next == PREFIXES.length || !lastKnown || !in.skipKey(MetaKeys.ofRank(next))) {
                next = readOtherKey(in, src, rank);
            }
            int keyStart = in.itemStart();
            int keyEnd = in.position();
            int length = in.text();
            if (next < 0) {
                rank = ~next;
                keepUnknown(in, src, into, keyStart, keyEnd);
            } else {
                into.slice(next, in.contentOffset() - bodyStart, length);
                found |= 1L << next;
                rank = next + 1;
            }
            lastStart = keyStart;
            lastEnd = keyEnd;
        }
        int fault = in.fault();
        if (fault == CborFault.NONE && into.keep(src, bodyStart, in.position() - bodyStart) < 0) {
            in.fail(CborFault.TOO_LARGE);
        } else if (fault == CborFault.NONE) {
            into.sliced(found);
        }
    }

    /** Reads a key that was not expected; its rank, or {@code ~rank} of the first known key above it. */
    private int readOtherKey(CborReader in, byte[] src, int rank) {
        int keyStart = in.position();
        int next = skipKnown(in, src, keyStart, rank);
        boolean known = next >= 0;
        if (known) {
            expected[rank] = (byte) next;
        } else {
            in.text();
        }
        boolean inOrder = known && lastKnown
                || lastStart == lastEnd
                || in.compare(lastStart, lastEnd, keyStart, in.position()) < 0;
        if (in.fault() == CborFault.NONE && !inOrder) {
            in.fail(CborFault.KEY_ORDER);
        }
        lastKnown = known;
        return next;
    }

    private static void keepUnknown(CborReader in, byte[] src, Meta into, int keyStart, int keyEnd) {
        if (in.fault() == CborFault.NONE && into.extras().add(src, keyStart, keyEnd, in.position()) != CborFault.NONE) {
            in.fail(CborFault.TOO_LARGE);
        }
    }

    /**
     * Reads past the key that comes next if it is a known one. Keys run upwards on both sides, so the search goes on where it
     * stood; a key cut short by the end of the bytes is found to be none.
     *
     * @return its rank, or {@code ~rank} of the first known key above it, with nothing read
     */
    private static int skipKnown(CborReader in, byte[] src, int keyStart, int from) {
        if (keyStart >= in.limit()) {
            return ~from;
        }
        int keyEnd = Math.min(in.limit(), keyStart + 1 + (src[keyStart] & 0x1F));
        long prefix = in.prefix(keyStart, keyEnd);
        int rank = from;
        while (rank < PREFIXES.length && PREFIXES[rank] < prefix) {
            rank++;
        }
        for (; rank < PREFIXES.length && PREFIXES[rank] == prefix; rank++) {
            byte[] key = MetaKeys.encoded(rank);
            if (in.skipKey(MetaKeys.ofRank(rank))) {
                return rank;
            }
            if (Arrays.compareUnsigned(key, 0, key.length, src, keyStart, keyEnd) > 0) {
                break;
            }
        }
        return ~rank;
    }

    private static long[] prefixes() {
        long[] all = new long[MetaKeys.count()];
        for (int rank = 0; rank < all.length; rank++) {
            all[rank] = Bytes.longBe(MetaKeys.encoded(rank), 0);
        }
        return all;
    }
}
