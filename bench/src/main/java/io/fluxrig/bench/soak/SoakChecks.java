package io.fluxrig.bench.soak;

import io.fluxrig.bench.rack.RackFigures;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a soak has to show, and how much is too much.
 *
 * <p>Memory: the line through the quiet moments of the second half may rise by a byte for each transaction of that half (RAM of
 * the process), by a fifth of one (heap, direct memory), not at all (buffers given out); and by a floor, below which a line
 * says nothing: pages, compiled code and the buffers that sockets keep for their next write come and go. Leaks: deadlines
 * pending are as many as halfway, tickets and their records none.
 */
final class SoakChecks {
    private static final double MIB = 1 << 20;
    private static final double RESIDENT_FLOOR = 8 * MIB;
    private static final double FLOOR = MIB;
    private static final double RESIDENT_EACH = 1;
    private static final double EACH = 0.2;

    private SoakChecks() {}

    /**
     * All checks.
     *
     * @param idle the rack's metrics when everybody has left and what it keeps for retransmissions has run out
     * @param driftMax highest p99 of the last third through that of the first
     */
    static List<Check> of(Books books, List<Footprint> quiet, List<Calm> calm, RackFigures idle, double driftMax) {
        Footprint halfway = quiet.get(quiet.size() / 2);
        Footprint last = quiet.get(quiet.size() - 1);
        double half = (double) last.transactions() - halfway.transactions();
        return List.of(
                new Check("requests without an answer", books.lost(), 0, ""),
                new Check("answers that were wrong or came twice, connections lost", books.wrong(), 0, ""),
                rise("memory of the process", quiet, Footprint::residentBytes, RESIDENT_FLOOR, RESIDENT_EACH * half),
                rise("heap after collection", quiet, Footprint::heapBytes, FLOOR, EACH * half),
                rise("direct memory", quiet, Footprint::directBytes, FLOOR, EACH * half),
                rise("buffers given out by Netty's pool", quiet, Footprint::bufferBytes, FLOOR, 0),
                new Check("tickets open at the end", last.openTickets(), 0, ""),
                new Check("records in the ticket slab at the end", idle.sum("fluxrig_ticket_records"), 0, ""),
                new Check(
                        "deadlines pending at the end, above halfway",
                        idle.sum("fluxrig_strip_timers_pending") - halfway.timers(),
                        0,
                        ""),
                new Check("exceptions out of a gear", zero(idle.sum("fluxrig_gear_failures_total")), 0, ""),
                new Check("outcomes given up", idle.sum("fluxrig_outcome_undelivered_total"), 0, ""),
                new Check("p99 at the same rate, last third through first", Calm.drift(calm), driftMax, ""));
    }

    private static Check rise(
            String what, List<Footprint> quiet, ToDoubleFunction<Footprint> bytes, double floor, double limit) {
        double rise = Trend.rise(quiet, Footprint::transactions, bytes);
        return new Check(what + ", rise over the second half", rise / MIB, Math.max(floor, limit) / MIB, "MiB");
    }

    /** A counter that nothing has touched may not be there. */
    private static double zero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
