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
            int found = skipKnown(in, src, keyStart, rank);
            boolean known = found >= 0;
            rank = known ? found : ~found;
            if (!known) {
                in.text();
            }
            int keyEnd = in.position();
            int length = in.text();
            if (in.fault() != CborFault.NONE) {
                return;
            }
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
            if (in.skipKey(key)) {
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
