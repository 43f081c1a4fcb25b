package io.fluxrig.load.net;

import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.mix.Deck;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.Stencil;
import io.fluxrig.load.tally.OpenTable;
import io.fluxrig.load.tally.Tally;
import java.util.concurrent.TimeUnit;

/**
 * Writes one loop's requests: draws a template, gives it numbers of its own and enters it in the table of open requests.
 * Loop's thread only; allocates nothing.
 */
final class Requests {
    /** Field 37 has twelve digits. */
    private static final long RRN_MODULUS = 1_000_000_000_000L;

    private final RunClock clock;
    private final long warmupNs;
    private final Deck deck;
    private final SignOn signOn;
    private final Stamp stamp;
    private final Tally tally;
    private final OpenTable table;
    private final long rrnBase;
    private final long terminalBase;
    private long sequence;
    /** At first long ago, but not so long that the time since then overflows. */
    private long timeSetNs = Long.MIN_VALUE / 2;

    /** @param rrnBase added to the sequence for reference numbers unlike those of other loops and runs */
    Requests(LoadPlan plan, LoadLoop.Parts parts, RunClock clock, long rrnBase) {
        this.clock = clock;
        this.warmupNs = plan.warmupNs();
        this.deck = parts.deck();
        this.signOn = parts.signOn();
        this.stamp = parts.stamp();
        this.tally = parts.tally();
        this.table = parts.table();
        this.rrnBase = rrnBase;
        this.terminalBase = clock.epochSeconds();
        stamp.setTime(terminalBase);
    }

    /** Looks at the calendar, about once a second. */
    void setTime(long nowNs) {
        if (nowNs - timeSetNs > TimeUnit.SECONDS.toNanos(1)) {
            timeSetNs = nowNs;
            stamp.setTime(clock.epochSeconds());
        }
    }

    /**
     * Adds the next request to what its connection writes.
     *
     * @return false if no STAN is free, and nothing was added
     */
    boolean send(LoadConnection connection, long dueNs, long nowNs) {
        int stan = table.claim();
        if (stan == OpenTable.NONE) {
            return false;
        }
        int template = deck.draw(stamp);
        long rrn = stamped(connection, stan);
        Stencil stencil = deck.stencil(template);
        byte[] frame = stencil.next(stamp);
        table.enter(stan, connection.number(), template, rrn, stamp.panTail(), stencil.amount(), dueNs, nowNs);
        connection.request(frame);
        tally.sent.increment();
        if (nowNs >= warmupNs) {
            tally.lag.record(nowNs - dueNs);
        }
        return true;
    }

    /** Adds a sign-on, which is no request of the run: not counted, and answered before there are any. */
    void signOn(LoadConnection connection) {
        int stan = table.claim();
        if (stan == OpenTable.NONE) {
            throw new IllegalStateException("no STAN for a sign-on, and no request is open yet");
        }
        stamped(connection, stan);
        connection.signOn(signOn.next(stamp), stan);
    }

    /** Zeroes what messages are cut from, which is of no use afterwards. */
    void wipe() {
        deck.wipe();
        if (signOn != null) {
            signOn.wipe();
        }
        stamp.wipe();
    }

    /** Gives the stamp the numbers of the next message; its reference number. */
    private long stamped(LoadConnection connection, int stan) {
        long rrn = (rrnBase + sequence) % RRN_MODULUS;
        stamp.set(stan, rrn, sequence, terminal(connection));
        sequence++;
        return rrn;
    }

    /**
     * Another terminal on each connection whenever the STANs come round, and in each run: what repeats terminal and STAN
     * within seconds is a retransmission or a duplicate to a switch.
     */
    private int terminal(LoadConnection connection) {
        int turn = (int) ((terminalBase + table.lap()) % Stamp.TERMINALS);
        return turn * Stamp.TERMINALS_APART + connection.number();
    }
}
