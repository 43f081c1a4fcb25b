package io.fluxrig.transport.snake.entry;

/** A record's place among those of its strip, which are kept in order. The sharing thread only. */
final class EntryTurn {
    /** Of a record that nothing waits for. */
    static final EntryTurn DONE = new EntryTurn(null, 0);

    static {
        DONE.done = true;
    }

    /** What is to be known of; null where nothing is waited for. */
    final HeldEntry entry;

    final long untilNs;
    boolean done;

    EntryTurn(HeldEntry entry, long untilNs) {
        this.entry = entry;
        this.untilNs = untilNs;
    }
}
