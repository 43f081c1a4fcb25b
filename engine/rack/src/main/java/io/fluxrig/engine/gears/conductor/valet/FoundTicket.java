package io.fluxrig.engine.gears.conductor.valet;

import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.iso.spec.Spec;

/**
 * What another rack, or another run, has made of a request that came here as well.
 *
 * @param untilEpochNs until when a repeat may come: an outcome is kept for a while, and so is what never came to one
 * @param fingerprint of its request, as this run tells retransmissions
 * @param answer null without one
 */
public record FoundTicket(
        Became became, long untilEpochNs, long fingerprint, Spec answerSpec, boolean answerAsFields, byte[] answer) {

    /** What became of the request there. */
    public enum Became {
        OPEN,
        ANSWERED,
        TIMED_OUT,
        /** Its records, its request or its answer cannot be read here. */
        UNREADABLE
    }

    static FoundTicket unreadable() {
        return new FoundTicket(Became.UNREADABLE, Long.MAX_VALUE, 0, null, false, null);
    }

    /** Number of the answer's dialect on a strip. */
    public int answerDialect(KeptBytes keptBytes) {
        return keptBytes.numberOf(answerSpec, answerAsFields);
    }
}
