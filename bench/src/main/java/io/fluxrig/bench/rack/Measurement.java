package io.fluxrig.bench.rack;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One contestant at one number of messages in flight, over a window in the middle of the run.
 *
 * @param transactions answered in the window
 * @param tps transactions a second
 * @param cpuUs CPU time of the contestant's process for each transaction
 * @param bytesEventLoops garbage of its event loops for each transaction, NaN where it does not tell
 * @param bytesOthers garbage of its other threads for each transaction
 */
public record Measurement(
        String contestant,
        int inFlight,
        long transactions,
        double tps,
        double cpuUs,
        double bytesEventLoops,
        double bytesOthers) {
    public static final String HEADINGS = String.format(
            "%-10s %9s %12s %9s %9s %14s %14s",
            "contestant", "in flight", "transactions", "tps", "CPU us", "garbage B", "of event loops");

    public double bytes() {
        return bytesEventLoops + bytesOthers;
    }

    /** The same without what reading the figures themselves has allocated. */
    public Measurement withoutReading(double bytes) {
        return new Measurement(
                contestant, inFlight, transactions, tps, cpuUs, bytesEventLoops - bytes / transactions, bytesOthers);
    }

    public String line() {
        return String.format(
                "%-10s %9d %12d %9.0f %9.2f %14.1f %14.1f",
                contestant, inFlight, transactions, tps, cpuUs, bytes(), bytesEventLoops);
    }

    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("contestant", contestant);
        fields.put("in_flight", inFlight);
        fields.put("transactions", transactions);
        fields.put("tps", tps);
        fields.put("cpu_us", cpuUs);
        if (!Double.isNaN(bytes())) {
            fields.put("garbage_bytes", bytes());
            fields.put("garbage_bytes_event_loops", bytesEventLoops);
        }
        return fields;
    }
}
