package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gears.LogBudget;
import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the messages of one durable or guaranteed wire that came in a version of their dialect which this rack does not have, and tells of
 * each version once, and again when this rack's changes. Strip thread only.
 */
final class OtherVersions {
    /** Between two lines. */
    private static final long INTERVAL_NS = 10_000_000_000L;

    /** Versions that are remembered as told; with more of them at a time lines go on, one in each interval. */
    private static final int TOLD_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger("wire");

    private final WireTerms terms;
    private final Clock clock;
    private final Counter counter;
    private final LogBudget lines;
    /** The oldest first to be overwritten. */
    private final Told[] told = new Told[TOLD_MAX];

    private int next;

    /**
     * A version of a line.
     *
     * @param hash as messages carry it
     * @param here of the one that it was taken by, in full
     */
    private record Told(String hash, String here) {}

    OtherVersions(WireTerms terms, GearMetrics metrics, Clock clock, LogBudgets lines) {
        this.terms = terms;
        this.clock = clock;
        counter = metrics.counter(
                terms.lane() + "_other_version_total",
                "Messages of a " + terms.lane() + " wire whose dialect this rack has in another version",
                "wire",
                terms.name());
        this.lines = lines.of(LOG, terms.title() + ": versions of dialects that are not here", 1, INTERVAL_NS);
    }

    /** The message goes by the names of a dialect that it was not read in. */
    void met(FluxMsg message) {
        counter.increment();
        if (message.payload() instanceof IsoPayload payload
                && !isTold(message, payload)
                && lines.allows(clock.nanoTime())) {
            tell(message, payload);
        }
    }

    private boolean isTold(FluxMsg message, IsoPayload payload) {
        for (Told each : told) {
            if (each == null) {
                return false;
            }
            if (message.meta().is(MetaKey.CODEC_SPEC_HASH, each.hash)
                    && payload.spec().hash().equals(each.here)) {
                return true;
            }
        }
        return false;
    }

    private void tell(FluxMsg message, IsoPayload payload) {
        String hash = message.meta().text(MetaKey.CODEC_SPEC_HASH);
        told[next] = new Told(hash, payload.spec().hash());
        next = (next + 1) % TOLD_MAX;
        LOG.warn(
                "{}: messages come in {} {} of the dialect {}, and this rack has {} {}: their fields are taken by the names of"
                        + " that one; have both racks run one scenario{}",
                terms.title(),
                message.meta().text(MetaKey.CODEC_SPEC_VERSION),
                hash,
                payload.spec().id(),
                payload.spec().version(),
                payload.spec().shortHash(),
                lines.takeSuppressed());
    }
}
