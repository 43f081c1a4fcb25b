package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.ends.WireEnds;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.snake.thread.SnakeThread;
import io.fluxrig.transport.snake.thread.SnakeTurns;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * One end of a wire between racks: the strips' ends of it, a journal or none behind them, and the thread that carries.
 *
 * <p>Threading: {@link #start} and {@link #close} by the owner, one after the other; {@link #ends} before the strips run; the rest
 * by any thread.
 */
public final class SnakeWire implements Closeable {
    private final String subject;
    private final WireEnds ends;
    private final Journal journal;
    private final JournalGate gate;
    private final SnakeFigures figures;
    private final Function<IntConsumer, SnakeTurns> turns;
    private final Closeable kept;
    private SnakeThread running;

    /**
     * @param journal behind the ends, null if there is none; closed with this
     * @param turns made when it starts, of what wakes a strip
     * @param kept closed with this
     */
    SnakeWire(
            String subject,
            WireEnds ends,
            Journal journal,
            JournalGate gate,
            SnakeFigures figures,
            Function<IntConsumer, SnakeTurns> turns,
            Closeable kept) {
        this.subject = subject;
        this.ends = ends;
        this.journal = journal;
        this.gate = gate;
        this.figures = figures;
        this.turns = turns;
        this.kept = kept;
    }

    /** What strips hold of it. */
    public WireEnds ends() {
        return ends;
    }

    public SnakeFigures figures() {
        return figures;
    }

    /** Whether it takes messages, and NATS, where that is there, lets this rack carry them. */
    public boolean takes() {
        return gate.state() == JournalGate.OPEN && (journal == null || journal.takes()) && !figures.unusable();
    }

    /** Why it takes nothing at present, null while it does; what the journal behind it lacks is that one's to say. */
    public Shortage shortage() {
        return gate.shortage();
    }

    /**
     * Starts to carry.
     *
     * @param wakeStrip called when a strip has something to look at
     */
    public void start(IntConsumer wakeStrip) {
        running = new SnakeThread(subject, turns.apply(wakeStrip), gate, journal == null);
        running.start();
        if (journal != null) {
            journal.start(wakeStrip, gate::wake);
        }
    }

    /**
     * Lets what is in hand get away, for a moment; then what is in a journal stays there, and comes again. What the journal writes meanwhile counts
     * as had: whoever brought it is told before this returns.
     */
    @Override
    public void close() throws IOException {
        if (running != null) {
            running.end();
        }
        gate.state(JournalGate.FAILED);
        try {
            closeJournal();
        } finally {
            kept.close();
        }
    }

    private void closeJournal() throws IOException {
        if (journal == null) {
            return;
        }
        try {
            journal.close();
        } finally {
            if (running != null) {
                running.ended();
            }
        }
    }
}
