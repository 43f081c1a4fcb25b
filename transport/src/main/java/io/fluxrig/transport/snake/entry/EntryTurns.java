package io.fluxrig.transport.snake.entry;

import io.fluxrig.transport.entry.EntryRings;
import io.fluxrig.transport.entry.SharedEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The strips' records in the order in which they came, some of which wait for an answer: the strips are told that they are kept in that
 * order, and of what was found before. The sharing thread only.
 */
final class EntryTurns {
    private final EntryRings rings;
    private final IntConsumer wakeStrip;
    private final List<Deque<EntryTurn>> byStrip = new ArrayList<>();
    private final BitSet news = new BitSet();

    /** @param wakeStrip called when a strip has something to look at */
    EntryTurns(EntryRings rings, IntConsumer wakeStrip) {
        this.rings = rings;
        this.wakeStrip = wakeStrip;
        for (int strip = 0; strip < rings.strips(); strip++) {
            byStrip.add(new ArrayDeque<>());
        }
    }

    /** A record of the strip that nothing waits for. */
    void done(int strip) {
        byStrip.get(strip).add(EntryTurn.DONE);
    }

    /** A record that is done once it is known whose the entry is. */
    void await(HeldEntry entry, long untilNs) {
        entry.turn = new EntryTurn(entry, untilNs);
        byStrip.get(entry.strip).add(entry.turn);
    }

    /** The strip's record is done: it knows all that there is to know of the entry now, or will with {@link #found}. */
    void done(HeldEntry entry) {
        if (entry.turn != null) {
            entry.turn.done = true;
            entry.turn = null;
        }
    }

    /** Tells a strip of an entry that is not its own; before its record is done. */
    void found(int strip, SharedEntry entry) {
        rings.found(strip, entry);
        news.set(strip);
    }

    /** Shows the entries whose strips have waited long enough; those of a strip wait equally long. */
    void late(long nowNs, Consumer<HeldEntry> to) {
        for (Deque<EntryTurn> ofStrip : byStrip) {
            for (EntryTurn turn : ofStrip) {
                if (turn.done) {
                    continue;
                }
                if (nowNs - turn.untilNs < 0) {
                    break;
                }
                to.accept(turn.entry);
            }
        }
    }

    /** Has strips know what is kept by now. */
    void tell() {
        for (int strip = 0; strip < byStrip.size(); strip++) {
            Deque<EntryTurn> ofStrip = byStrip.get(strip);
            boolean wake = news.get(strip);
            while (!ofStrip.isEmpty() && ofStrip.peek().done) {
                ofStrip.poll();
                wake |= rings.kept(strip);
            }
            if (wake) {
                wakeStrip.accept(strip);
            }
        }
        news.clear();
    }

    boolean isEmpty() {
        return byStrip.stream().allMatch(Deque::isEmpty);
    }
}
