package io.fluxrig.transport.snake.entry;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Entries that are to be looked at, written or claimed once more after a while: a queue for each length of a while, of which there are
 * few, so that only the first of each need be looked at. The sharing thread only.
 */
final class EntryRetries {
    private final Map<Long, Queue<HeldEntry>> byWhile = new LinkedHashMap<>();

    /** @param whileNs one of few */
    void later(HeldEntry entry, long nowNs, long whileNs) {
        entry.dueNs = nowNs + whileNs;
        byWhile.computeIfAbsent(whileNs, first -> new ArrayDeque<>()).add(entry);
    }

    boolean isEmpty() {
        return byWhile.values().stream().allMatch(Queue::isEmpty);
    }

    /** Shows those whose time has come. */
    void due(long nowNs, Consumer<HeldEntry> to) {
        for (Queue<HeldEntry> waiting : List.copyOf(byWhile.values())) {
            for (HeldEntry first = waiting.peek(); first != null && nowNs - first.dueNs >= 0; first = waiting.peek()) {
                waiting.remove();
                to.accept(first);
            }
        }
    }
}
