package io.fluxrig.transport.msg;

import io.fluxrig.transport.cbor.CborWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The metadata keys as encoded CBOR text, by rank: their place in the order of deterministic CBOR, which is the enum's. */
final class MetaKeys {
    private static final MetaKey[] KEYS = MetaKey.values();
    private static final byte[][] ENCODED = encoded();

    private MetaKeys() {}

    static int count() {
        return KEYS.length;
    }

    static MetaKey ofRank(int rank) {
        return KEYS[rank];
    }

    /** Not to be changed. */
    static byte[] encoded(int rank) {
        return ENCODED[rank];
    }

    private static byte[][] encoded() {
        byte[][] all = new byte[KEYS.length][];
        for (int rank = 0; rank < all.length; rank++) {
            byte[] ascii = KEYS[rank].text().getBytes(StandardCharsets.US_ASCII);
            byte[] space = new byte[CborWriter.HEAD_MAX + ascii.length];
            CborWriter out = new CborWriter().on(space, 0, space.length);
            out.text(ascii, 0, ascii.length);
            all[rank] = Arrays.copyOf(space, out.result());
            if (rank > 0 && Arrays.compareUnsigned(all[rank - 1], all[rank]) >= 0) {
                throw new IllegalStateException("key " + KEYS[rank].text() + " is out of order");
            }
        }
        return all;
    }
}
