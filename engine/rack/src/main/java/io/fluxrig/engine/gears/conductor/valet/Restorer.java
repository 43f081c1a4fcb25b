package io.fluxrig.engine.gears.conductor.valet;

import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig;
import io.fluxrig.engine.gears.conductor.correlation.MessageTypes;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.entry.OpenEntry;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes of what the run before left in the log the tickets of this one, under this run's configuration and dialects: keys, what tells
 * retransmissions and answers apart, parked fields are read anew from each request.
 *
 * <p>A request whose dialect is not here any more cannot be read, and is not to be sent again either: it becomes an outcome that
 * declines. One thread, while the conductor is made.
 */
public final class Restorer {
    private final ConductorConfig config;
    private final SpecCatalog specs;
    private final List<String> destinations;
    private final long nowEpochNs;
    private final StoredRequests requests;
    private final Map<Request, RestoredTicket> tickets = new LinkedHashMap<>();
    private final LongList forgotten = new LongList();
    private int expired;
    private int unreadable;

    /** There is one ticket of a key and a type. */
    private record Request(ByteBuffer key, int type) {}

    /**
     * @param destinations output ports, by number
     * @param identitySeed of this run
     */
    public Restorer(
            ConductorConfig config, SpecCatalog specs, List<String> destinations, long identitySeed, long nowEpochNs) {
        this.config = config;
        this.specs = specs;
        this.destinations = destinations;
        this.nowEpochNs = nowEpochNs;
        this.requests = new StoredRequests(config, specs, identitySeed);
    }

    /** Takes one entry of the log; its bytes are wiped. */
    public void take(OpenEntry entry) {
        StoredTicket stored = StoredTicket.of(entry.id(), entry.records());
        entry.wipe();
        if (stored == null) {
            unreadable++;
            forgotten.add(entry.id());
            return;
        }
        long untilEpochNs = Math.min(stored.settledEpochNs, nowEpochNs) + config.retainNs();
        if (stored.outcome != TicketRecord.OPENED && untilEpochNs <= nowEpochNs) {
            expired++;
            forgotten.add(stored.id);
            stored.wipe();
            return;
        }
        add(stored, untilEpochNs);
    }

    private void add(StoredTicket stored, long untilEpochNs) {
        RestoredTicket.Reading reading = requests.read(stored);
        Spec answerSpec = stored.answerDialect == null ? null : specs.byHash(stored.answerDialect);
        boolean open = stored.outcome == TicketRecord.OPENED;
        boolean answered =
                stored.outcome == TicketRecord.ANSWERED && (answerSpec != null || stored.answerDialect == null);
        int state = answered ? TicketStore.ANSWERED : TicketStore.TIMED_OUT;
        boolean readable = reading.key() != null;
        if (open && readable) {
            state = TicketStore.OPEN;
        }
        if (!readable || stored.outcome == TicketRecord.ANSWERED && !answered) {
            unreadable++;
        }
        byte[] by = readable ? reading.key() : stored.key.clone();
        RestoredTicket ticket = new RestoredTicket(
                stored,
                by,
                reading,
                route(stored.route),
                destination(stored.destination),
                state,
                answerSpec,
                open ? nowEpochNs + config.retainNs() : untilEpochNs);
        RestoredTicket before =
                tickets.put(new Request(ByteBuffer.wrap(by.clone()), MessageTypes.withoutRepeat(stored.mti)), ticket);
        if (before != null) { // its end was still in the ring when the run died, the later ticket was not
            forgotten.add(before.id());
            before.wipe();
        }
    }

    private int route(String name) {
        for (int i = 0; i < config.routes().size(); i++) {
            if (config.routes().get(i).name().equals(name)) {
                return i;
            }
        }
        return 0; // it is not sent any more: only its latency is counted there
    }

    private int destination(String name) {
        int number = name == null ? -1 : destinations.indexOf(name);
        return number < 0 ? TicketStore.ANYWHERE : number;
    }

    /** Every ticket there is, those whose outcome is kept the longest first among them; once. */
    public List<RestoredTicket> tickets() {
        List<RestoredTicket> all = tickets.values().stream()
                .sorted((left, right) -> Long.compare(left.untilEpochNs(), right.untilEpochNs()))
                .toList();
        tickets.keySet().forEach(request -> Bytes.wipe(request.key().array()));
        tickets.clear();
        return all;
    }

    /** Entries that come to nothing and are to be ended. */
    public long[] forgotten() {
        return forgotten.toArray();
    }

    /** Outcomes that were kept long enough. */
    public int expired() {
        return expired;
    }

    /** Tickets whose dialect is gone or that another version wrote: a retransmission is declined, or nothing known of it. */
    public int unreadable() {
        return unreadable;
    }
}
