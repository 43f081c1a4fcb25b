package io.fluxrig.transport.msg;

import io.fluxrig.transport.cbor.CborKey;
import java.util.Arrays;

/** The metadata keys as encoded CBOR text, by rank: their place in the order of deterministic CBOR, which is the enum's. */
final class MetaKeys {
    private static final MetaKey[] KEYS = MetaKey.values();
    private static final CborKey[] CBOR_KEYS = new CborKey[KEYS.length];
    private static final byte[][] ENCODED = new byte[KEYS.length][];

    static {
        for (int rank = 0; rank < KEYS.length; rank++) {
            CBOR_KEYS[rank] = CborKey.of(KEYS[rank].text());
            ENCODED[rank] = CBOR_KEYS[rank].encoded();
            if (rank > 0 && Arrays.compareUnsigned(ENCODED[rank - 1], ENCODED[rank]) >= 0) {
                throw new IllegalStateException("key " + KEYS[rank].text() + " is out of order");
            }
        }
    }

    private MetaKeys() {}

    static int count() {
        return KEYS.length;
    }

    static CborKey ofRank(int rank) {
        return CBOR_KEYS[rank];
    }

    /** Not to be changed. */
    static byte[] encoded(int rank) {
        return ENCODED[rank];
    }
}
