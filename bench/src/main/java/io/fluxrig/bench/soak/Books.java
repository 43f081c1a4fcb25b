package io.fluxrig.bench.soak;

import io.fluxrig.load.Counts;
import io.fluxrig.load.LoadResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the terminals sent and got back, all loads of a soak added up. One thread. */
final class Books {
    private long sent;
    private long approved;
    private long declined;
    private long timeouts;
    private long lost;
    private long wrong;

    /** Adds a load that has ended: what is open then was never answered. */
    void add(LoadResult result) {
        add(result.counts());
    }

    void add(Counts counts) {
        sent += counts.sent();
        approved += counts.approved();
        declined += counts.declined();
        timeouts += counts.timeouts();
        lost += counts.open();
        wrong += counts.crossWired() + counts.duplicates() + counts.errors();
    }

    long answered() {
        return approved + declined + timeouts;
    }

    /** Requests without an answer. */
    long lost() {
        return lost + (sent - lost - answered());
    }

    /** Answers that were wrong, or came twice; connections lost. */
    long wrong() {
        return wrong;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sent", sent);
        fields.put("approved", approved);
        fields.put("declined", declined);
        fields.put("timeouts", timeouts);
        fields.put("lost", lost());
        fields.put("wrong", wrong);
        return fields;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "sent %,d  approved %,d  declined %,d  timeouts %,d  lost %d  wrong %d",
                sent,
                approved,
                declined,
                timeouts,
                lost(),
                wrong);
    }
}
