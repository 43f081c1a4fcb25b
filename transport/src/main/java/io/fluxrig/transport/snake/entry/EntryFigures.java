package io.fluxrig.transport.snake.entry;

import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;

/** What a rack counts of entries that it shares with others. Written by their thread, read by any. */
public final class EntryFigures {
    final Counter opened = new Counter();
    final Counter found = new Counter();
    final Counter unshared = new Counter();
    final Counter settled = new Counter();
    final Counter lost = new Counter();
    final Counter unreadable = new Counter();
    final Counter mailDropped = new Counter();
    final Level held = new Level();
    final Level up = new Level();

    /** Entries that this rack was the first to open. */
    public long opened() {
        return opened.get();
    }

    /** Entries that this rack wanted to open, and somebody had opened before. */
    public long found() {
        return found.get();
    }

    /** Entries of which nobody could tell in time whether somebody had opened them. */
    public long unshared() {
        return unshared.get();
    }

    /** What was added to entries, and is shared. */
    public long settled() {
        return settled.get();
    }

    /** What was added to entries, or the end of one, and could not be shared. */
    public long lost() {
        return lost.get();
    }

    /** Entries that were found, and that another version wrote, or a rack with other keys, or nobody who may. */
    public long unreadable() {
        return unreadable.get();
    }

    /** Answers beyond what can have been asked for, dropped unread; who asked asks again. */
    public long mailDropped() {
        return mailDropped.get();
    }

    /** Whether entries are shared now. */
    public boolean up() {
        return up.get() != 0;
    }

    /** Entries in hand: not settled yet, or found and waited for. */
    public long held() {
        return held.get();
    }
}
