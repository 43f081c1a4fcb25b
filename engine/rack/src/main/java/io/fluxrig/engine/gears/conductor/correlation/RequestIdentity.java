package io.fluxrig.engine.gears.conductor.correlation;

import io.fluxrig.engine.gears.conductor.field.NamedPaths;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import java.util.Arrays;
import java.util.List;

/**
 * Tells a retransmission from another request of the same key and type: every field of the request as one number, but those
 * that a sender may write anew when it sends again. A field that differs (the amount, DE 37, DE 38, the original of a reversal
 * in DE 90) makes another request; so does one that only one of them has. Kept in memory only, in the ticket.
 *
 * <p>A composite counts by its bytes as they came. Strip thread only; allocates nothing.
 */
public final class RequestIdentity {
    /** DE 7 transmission time, 52 PIN block (enciphered anew), 53 and 96 its keys, 64 and 128 message authentication codes. */
    public static final List<String> RESTAMPED_DEFAULT = List.of("7", "52", "53", "64", "96", "128");

    private final NamedPaths restamped;
    /** A bit for each field that does not count, of the dialect met last. */
    private final long[] skipped = new long[4];

    private Spec skippedOf;
    private boolean known;

    /** @param restamped aliases or paths of the whole fields that do not count */
    public RequestIdentity(List<String> restamped) {
        this.restamped = new NamedPaths(restamped);
    }

    /** The number of a request: equal for two that are the same but for their restamped fields. */
    public long of(IsoPayload request) {
        learn(request.spec());
        IsoMessage message = request.message();
        long identity = 0;
        for (int field = message.nextField(0); field > 0; field = message.nextField(field)) {
            if ((skipped[field >>> 6] >>> field & 1) == 0) {
                identity += message.hash(field, field);
            }
        }
        return identity;
    }

    @SuppressWarnings("ReferenceEquality") // the catalog hands out one instance of each
    private void learn(Spec spec) {
        if (known && spec == skippedOf) {
            return;
        }
        Arrays.fill(skipped, 0);
        for (FieldPath path : restamped.of(spec)) {
            if (path != null) {
                skipped[path.field() >>> 6] |= 1L << path.field();
            }
        }
        skippedOf = spec;
        known = true;
    }
}
