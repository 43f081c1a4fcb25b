package io.fluxrig.transport.msg;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import java.util.Arrays;

/**
 * Reads the map of {@code meta}: text to text, keys ascending. The map's bytes are copied into the {@link Meta} once and the
 * slots name slices of them.
 */
final class MetaReader {
    /** First eight bytes of each encoded key by rank; ASCII and short, so that they compare as signed numbers. */
    private static final long[] PREFIXES = prefixes();

    private MetaReader() {}

    /** Faults stay with the reader. */
    static void read(CborReader in, byte[] src, Meta into) {
        int entries = in.map();
        int bodyStart = in.position();
        int rank = 0;
        boolean lastKnown = false;
        int lastStart = 0;
        int lastEnd = 0;
        for (int i = 0; i < entries && in.fault() == CborFault.NONE; i++) {
            int keyStart = in.position();
            in.text();
            int keyEnd = in.position();
            int length = in.text();
            if (in.fault() != CborFault.NONE) {
                return;
            }
            rank = rankAtOrAfter(in, src, keyStart, keyEnd, rank);
            boolean known = isRank(src, keyStart, keyEnd, rank);
            boolean inOrder = i == 0 || known && lastKnown || in.compare(lastStart, lastEnd, keyStart, keyEnd) < 0;
            lastKnown = known;
            if (!inOrder) {
                in.fail(CborFault.KEY_ORDER);
            } else if (known) {
                into.slice(rank++, in.contentOffset() - bodyStart, length);
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
    private static int rankAtOrAfter(CborReader in, byte[] src, int keyStart, int keyEnd, int from) {
        long prefix = in.prefix(keyStart, keyEnd);
        int rank = from;
        while (rank < PREFIXES.length && PREFIXES[rank] < prefix) {
            rank++;
        }
        while (rank < PREFIXES.length
                && PREFIXES[rank] == prefix
                && !isRank(src, keyStart, keyEnd, rank)
                && isBelow(rank, src, keyStart, keyEnd)) {
            rank++;
        }
        return rank;
    }

    private static boolean isBelow(int rank, byte[] src, int keyStart, int keyEnd) {
        byte[] known = MetaKey.ofRank(rank).encoded();
        return Arrays.compareUnsigned(known, 0, known.length, src, keyStart, keyEnd) < 0;
    }

    private static boolean isRank(byte[] src, int keyStart, int keyEnd, int rank) {
        if (rank == PREFIXES.length) {
            return false;
        }
        byte[] known = MetaKey.ofRank(rank).encoded();
        return known.length == keyEnd - keyStart && isEqual(known, src, keyStart);
    }

    /** By words, the last one overlapping; every known key has at least eight bytes. */
    private static boolean isEqual(byte[] known, byte[] src, int keyStart) {
        int last = known.length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (Bytes.longLe(known, i) != Bytes.longLe(src, keyStart + i)) {
                return false;
            }
        }
        return Bytes.longLe(known, last) == Bytes.longLe(src, keyStart + last);
    }

    private static long[] prefixes() {
        long[] all = new long[MetaKey.count()];
        for (int rank = 0; rank < all.length; rank++) {
            all[rank] = Bytes.longBe(MetaKey.ofRank(rank).encoded(), 0);
        }
        return all;
    }
}
