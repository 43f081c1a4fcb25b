package io.fluxrig.transport.msg;

import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import java.util.Arrays;

/**
 * Reads the map of {@code meta}: text to text, keys ascending. The map's bytes are copied into the {@link Meta} once and the
 * slots name slices of them.
 */
final class MetaReader {
    private MetaReader() {}

    /** Faults stay with the reader. */
    static void read(CborReader in, byte[] src, Meta into) {
        int entries = in.map();
        int bodyStart = in.position();
        int rank = 0;
        int lastStart = 0;
        int lastEnd = 0;
        for (int i = 0; i < entries && in.fault() == CborFault.NONE; i++) {
            int keyStart = in.position();
            in.text();
            int keyEnd = in.position();
            if (i > 0 && in.compare(lastStart, lastEnd, keyStart, keyEnd) >= 0) {
                in.fail(CborFault.KEY_ORDER);
            }
            int length = in.text();
            if (in.fault() != CborFault.NONE) {
                return;
            }
            rank = rankAtOrAfter(src, keyStart, keyEnd, rank);
            if (isRank(src, keyStart, keyEnd, rank)) {
                into.slice(rank, in.contentOffset() - bodyStart, length);
            } else if (into.extras().add(src, keyStart, keyEnd, in.position()) != CborFault.NONE) {
                in.fail(CborFault.TOO_LARGE);
            }
            lastStart = keyStart;
            lastEnd = keyEnd;
        }
        if (in.fault() == CborFault.NONE && into.keep(src, bodyStart, in.position() - bodyStart) < 0) {
            in.fail(CborFault.TOO_LARGE);
        }
    }

    /** The first known key that is not below this one; both run upwards, so the search goes on where it stood. */
    private static int rankAtOrAfter(byte[] src, int keyStart, int keyEnd, int from) {
        int rank = from;
        while (rank < MetaKey.count() && isBelow(MetaKey.ofRank(rank).encoded(), src, keyStart, keyEnd)) {
            rank++;
        }
        return rank;
    }

    private static boolean isBelow(byte[] known, byte[] src, int keyStart, int keyEnd) {
        if (known[0] != src[keyStart]) {
            return (known[0] & 0xFF) < (src[keyStart] & 0xFF);
        }
        return Arrays.compareUnsigned(known, 0, known.length, src, keyStart, keyEnd) < 0;
    }

    private static boolean isRank(byte[] src, int keyStart, int keyEnd, int rank) {
        if (rank == MetaKey.count()) {
            return false;
        }
        byte[] known = MetaKey.ofRank(rank).encoded();
        return Arrays.equals(known, 0, known.length, src, keyStart, keyEnd);
    }
}
