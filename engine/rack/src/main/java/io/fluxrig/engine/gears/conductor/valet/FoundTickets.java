package io.fluxrig.engine.gears.conductor.valet;

import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig;
import io.fluxrig.engine.gears.conductor.valet.FoundTicket.Became;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.transport.entry.SharedEntry;

/** Reads the tickets of other racks, under this run's configuration and dialects. Strip thread only; allocates, being asked seldom. */
public final class FoundTickets {
    private final SpecCatalog specs;
    private final StoredRequests requests;
    private final long retainNs;
    /** How long after a request came no repeat of it is told anything. */
    private final long lifeNs;

    /** @param identitySeed of this run */
    public FoundTickets(ConductorConfig config, SpecCatalog specs, long identitySeed) {
        this.specs = specs;
        this.requests = new StoredRequests(config, specs, identitySeed);
        this.retainNs = config.retainNs();
        this.lifeNs = retainNs
                + config.routes().stream()
                        .mapToLong(ConductorConfig.Route::timeoutNs)
                        .max()
                        .orElse(0);
    }

    /** What an entry with records says; a copy, whatever becomes of the entry. */
    public FoundTicket read(SharedEntry entry) {
        StoredTicket stored = StoredTicket.of(entry.id(), entry.records());
        if (stored == null) {
            return FoundTicket.unreadable();
        }
        RestoredTicket.Reading reading = requests.read(stored);
        boolean readable = reading.key() != null;
        reading.wipe();
        Spec answerSpec = stored.answerDialect == null ? null : specs.byHash(stored.answerDialect);
        boolean said = stored.outcome != TicketRecord.ANSWERED || answerSpec != null || stored.answerDialect == null;
        byte[] answer = readable && said && stored.answer != null ? stored.answer.clone() : null;
        stored.wipe();
        if (!readable || !said) {
            return FoundTicket.unreadable();
        }
        Became became = switch (stored.outcome) {
            case TicketRecord.ANSWERED -> Became.ANSWERED;
            case TicketRecord.TIMED_OUT -> Became.TIMED_OUT;
            default -> Became.OPEN;
        };
        return new FoundTicket(
                became, untilEpochNs(stored), reading.fingerprint(), answerSpec, stored.answerAsFields, answer);
    }

    /**
     * Whether the entry is of the same request as one that came here then: neither was over, to be taken over, when the other came. So
     * is one that cannot be read.
     */
    public boolean isOfTheSame(SharedEntry entry, long cameEpochNs) {
        StoredTicket stored = entry.records().isEmpty() ? null : StoredTicket.of(entry.id(), entry.records());
        if (stored == null) {
            return true;
        }
        stored.wipe();
        return untilEpochNs(stored) > cameEpochNs && stored.openedEpochNs < cameEpochNs + lifeNs;
    }

    private long untilEpochNs(StoredTicket stored) {
        boolean open = stored.outcome == TicketRecord.OPENED;
        return (open ? stored.deadlineEpochNs : stored.settledEpochNs) + retainNs;
    }
}
