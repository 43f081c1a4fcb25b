package io.fluxrig.engine.gears.conductor.correlation;

import io.fluxrig.engine.gears.conductor.field.NamedPaths;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import java.util.List;

/**
 * Tells an answer that has a request's key but is another's: values beside the key that an answer repeats, compared where both
 * messages have them. Keeps a terminal that uses its STAN again from getting the late answer to the request before.
 *
 * <pre>
 *   one long  | value 3 | value 2 | value 1 | value 0 |     16 bits of each value's hash, 0 if it is not there
 * </pre>
 *
 * Strip thread only; allocates nothing.
 */
public final class Confirmation {
    /** Values compared at most. */
    public static final int VALUES_MAX = 4;

    private static final int BITS = 16;
    private static final long MASK = (1L << BITS) - 1;

    private final NamedPaths paths;

    /** @param names aliases or paths, {@link #VALUES_MAX} at most */
    public Confirmation(List<String> names) {
        paths = new NamedPaths(names);
    }

    /** What a ticket keeps of its request's values. */
    public long of(IsoPayload payload) {
        long all = 0;
        FieldPath[] resolved = paths.of(payload.spec());
        IsoMessage message = payload.message();
        for (int i = 0; i < resolved.length; i++) {
            if (resolved[i] != null && message.has(resolved[i])) {
                long hash = message.hash(resolved[i], i) >>> Long.SIZE - BITS;
                all |= Math.max(1, hash) << i * BITS;
            }
        }
        return all;
    }

    /** Whether no value that both have differs. */
    public boolean confirms(long ofRequest, IsoPayload answer) {
        long ofAnswer = of(answer);
        for (int i = 0; i < paths.size(); i++) {
            long asked = ofRequest >>> i * BITS & MASK;
            long told = ofAnswer >>> i * BITS & MASK;
            if (asked != 0 && told != 0 && asked != told) {
                return false;
            }
        }
        return true;
    }
}
