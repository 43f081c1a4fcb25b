package io.fluxrig.engine.gears.conductor;

import io.fluxrig.iso.codec.IsoMessage;

/**
 * Tells a retransmission from another request under the same key: card number or track 2, processing code, amount,
 * terminal and merchant as one number. Kept in memory only, in the ticket.
 */
final class RequestIdentity {
    private static final int[] FIELDS = {2, 35, 3, 4, 41, 42};

    private RequestIdentity() {}

    static long of(IsoMessage request) {
        long identity = 0;
        for (int field : FIELDS) {
            identity = request.hash(field, identity + field);
        }
        return identity;
    }
}
