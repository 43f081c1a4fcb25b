package io.fluxrig.bench.soak;

import io.fluxrig.bench.rack.RackFigures;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a rack holds at a quiet moment: no request open, garbage collected.
 *
 * @param transactions that it has answered by then
 * @param residentBytes of the process in RAM
 * @param heapBytes after a full collection
 * @param directBytes of direct buffers and Netty's own direct memory together
 * @param bufferBytes that Netty's pool has given out
 * @param openTickets requests in flight
 * @param timers deadlines pending
 */
record Footprint(
        long transactions,
        double residentBytes,
        double heapBytes,
        double directBytes,
        double bufferBytes,
        double openTickets,
        double timers) {

    static Footprint of(long transactions, RackFigures figures) {
        return new Footprint(
                transactions,
                figures.sum("fluxrig_process_resident_bytes"),
                figures.sum("fluxrig_jvm_memory_bytes", "area=\"heap\",state=\"used\""),
                figures.sum("fluxrig_jvm_buffer_bytes", "pool=\"direct\"") + figures.sum("fluxrig_netty_direct_bytes"),
                figures.sum("fluxrig_netty_buffer_bytes"),
                figures.sum("fluxrig_in_flight"),
                figures.sum("fluxrig_strip_timers_pending"));
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("transactions", transactions);
        fields.put("resident_bytes", residentBytes);
        fields.put("heap_bytes", heapBytes);
        fields.put("direct_bytes", directBytes);
        fields.put("netty_buffer_bytes", bufferBytes);
        fields.put("open_tickets", openTickets);
        fields.put("timers", timers);
        return fields;
    }
}
