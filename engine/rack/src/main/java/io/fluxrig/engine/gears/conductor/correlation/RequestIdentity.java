package io.fluxrig.engine.gears.conductor.correlation;

import io.fluxrig.engine.gears.conductor.field.FieldName;
import io.fluxrig.engine.gears.conductor.field.PerDialect;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.FieldSet;
import io.fluxrig.iso.spec.Spec;
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

    private final List<String> restamped;
    private final long seed;
    private final PerDialect<FieldSet> leftOut = new PerDialect<>(this::leftOut);

    /**
     * @param restamped aliases or paths of the fields that do not count; a part of a field does
     * @param seed the same for all strips, and not known to those who send requests
     */
    public RequestIdentity(List<String> restamped, long seed) {
        this.restamped = List.copyOf(restamped);
        this.seed = seed;
    }

    /** The number of a request: equal for two that are the same but for their restamped fields. */
    public long of(IsoPayload request) {
        return request.message().hashWithout(leftOut.of(request.spec()), seed);
    }

    private FieldSet leftOut(Spec spec) {
        FieldSet fields = new FieldSet();
        for (String name : restamped) {
            FieldPath path = FieldName.resolve(name, spec);
            if (path != null && path.depth() == 0 && path.field() > 0) {
                fields.add(path.field());
            }
        }
        return fields;
    }
}
