package io.fluxrig.engine.gears.conductor.correlation;

import io.fluxrig.engine.gears.conductor.field.NamedPaths;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.FieldSet;
import java.util.List;

/**
 * Tells a retransmission from another request of the same key and type: every field of the request as one number, but those
 * that a sender may write anew when it sends again. A field that differs (the amount, DE 37, DE 38, the original of a reversal
 * in DE 90) makes another request; so does one that only one of them has. Kept in memory only, in the ticket.
 *
 * <p>Values count as they were spelled in the dialect that the request came in; a request that a gear changed, by its
 * canonical values. Strip thread only; allocates when it meets a dialect for the first time.
 */
public final class RequestIdentity {
    /** DE 7 transmission time, 52 PIN block (enciphered anew), 53 and 96 its keys, 64 and 128 message authentication codes. */
    public static final List<String> RESTAMPED_DEFAULT = List.of("7", "52", "53", "64", "96", "128");

    private final NamedPaths restamped;
    private FieldPath[] learnt;
    private FieldSet leftOut;

    /** @param restamped aliases or paths of the whole fields that do not count */
    public RequestIdentity(List<String> restamped) {
        this.restamped = new NamedPaths(restamped);
    }

    /** The number of a request: equal for two that are the same but for their restamped fields. */
    public long of(IsoPayload request) {
        return request.message().hashWithout(leftOut(restamped.of(request.spec())));
    }

    private FieldSet leftOut(FieldPath[] paths) {
        if (paths != learnt) {
            FieldSet fields = new FieldSet();
            for (FieldPath path : paths) {
                if (path != null) {
                    fields.add(path.field());
                }
            }
            leftOut = fields;
            learnt = paths;
        }
        return leftOut;
    }
}
