package io.fluxrig.transport.snake;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Entries that are to be written, or claimed, once more after a while. The sharing thread only. */
final class EntryRetries {
    private final Queue<HeldEntry> waiting = new ArrayDeque<>();

    void later(HeldEntry entry, long dueNs) {
        entry.dueNs = dueNs;
        waiting.add(entry);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Shows those whose time has come. */
    void due(long nowNs, Consumer<HeldEntry> to) {
        for (int i = waiting.size(); i > 0; i--) {
            HeldEntry entry = waiting.remove();
            if (nowNs - entry.dueNs < 0) {
                waiting.add(entry);
            } else {
                to.accept(entry);
            }
        }
    }
}
