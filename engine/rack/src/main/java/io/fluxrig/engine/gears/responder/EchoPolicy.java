package io.fluxrig.engine.gears.responder;

import io.fluxrig.iso.codec.IsoMessage;
import java.util.BitSet;
import java.util.List;

/**
 * Which fields of a request its answer keeps. Unless a list is given: all but those that ISO 8583 answers do not carry,
 * which are card data that has been used (track, PIN, chip, expiry), how the card was read, and MACs, which would be wrong.
 * Immutable.
 */
final class EchoPolicy {
    private static final int FIELDS = 193;

    /**
     * Expiry 14, merchant type 18, entry mode and card sequence 22 and 23, condition and PIN capture 25 and 26, tracks 35,
     * 36 and 45, acceptor name 43, PIN and security control 52 and 53, chip 55, MACs 64 and 128, message security 96.
     */
    private static final int[] NOT_ANSWERED = {14, 18, 22, 23, 25, 26, 35, 36, 43, 45, 52, 53, 55, 64, 96, 128};

    private final BitSet kept = new BitSet(FIELDS);

    private EchoPolicy() {}

    static EchoPolicy standard() {
        EchoPolicy policy = new EchoPolicy();
        policy.kept.set(0, FIELDS);
        for (int field : NOT_ANSWERED) {
            policy.kept.clear(field);
        }
        return policy;
    }

    static EchoPolicy of(List<Integer> fields) {
        EchoPolicy policy = new EchoPolicy();
        policy.kept.set(0);
        fields.forEach(policy.kept::set);
        return policy;
    }

    /** Removes what an answer does not keep. */
    void apply(IsoMessage message) {
        int next = message.nextField(0);
        while (next >= 0) {
            int field = next;
            next = message.nextField(field);
            if (!kept.get(field)) {
                message.unset(field);
            }
        }
    }
}
