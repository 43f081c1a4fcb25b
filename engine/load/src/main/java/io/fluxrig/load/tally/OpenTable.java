package io.fluxrig.load.tally;

import io.fluxrig.perf.count.Level;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The requests of one loop by STAN: who sent each, when it was due and sent, and whether it was answered.
 *
 * <p>The 999,999 STANs are shared out among the loops (loop {@code share} owns every {@code shares}-th), and no STAN is
 * given out again while its request is open, on whatever connection: so an answer's STAN names one request of one
 * connection. A slot keeps the last answered request until its STAN comes round, to know a second answer for what it is.
 * The first STAN comes from the seed: a switch that remembers the run before would take the same ones for repetitions.
 *
 * <p>One thread only, but for {@link #open()}.
 */
public final class OpenTable {
    /** No STAN is free. */
    public static final int NONE = -1;

    /** States of a slot. */
    public static final byte NEVER = 0;

    public static final byte OPEN = 1;
    public static final byte ANSWERED = 2;

    private static final int STAN_MAX = 999_999;
    private static final int SKIP_MAX = 1024;

    private final int share;
    private final int shares;
    private final byte[] state;
    private final int[] connection;
    private final int[] template;
    private final long[] rrn;
    private final long[] panTail;
    private final long[] amount;
    private final long[] intendedNs;
    private final long[] sentNs;
    private int next;
    private int lap;
    private final Level open = new Level();

    /** @param seed the same seed gives the same STANs */
    public OpenTable(int share, int shares, long seed) {
        this(share, shares, STAN_MAX);
        next = new SplittableRandom(seed).nextInt(state.length);
    }

    OpenTable(int share, int shares, int stanMax) {
        this.share = share;
        this.shares = shares;
        int slots = (stanMax - 1 - share) / shares + 1;
        state = new byte[slots];
        connection = new int[slots];
        template = new int[slots];
        rrn = new long[slots];
        panTail = new long[slots];
        amount = new long[slots];
        intendedNs = new long[slots];
        sentNs = new long[slots];
    }

    /** @return the STAN for the next request, or {@link #NONE} if none near is free */
    public int claim() {
        for (int tries = 0; tries < SKIP_MAX && tries < state.length; tries++) {
            int slot = next;
            advance();
            if (state[slot] != OPEN) {
                return slot * shares + share + 1;
            }
        }
        return NONE;
    }

    private void advance() {
        next++;
        if (next == state.length) {
            next = 0;
            lap++;
        }
    }

    /** How often all STANs have been given out. */
    public int lap() {
        return lap;
    }

    /**
     * Enters the request that goes out under a claimed STAN.
     *
     * @param pan the last digits of its card number, -1 if it has none
     * @param ofAmount its field 4, -1 if it has none that is known
     */
    public void enter(
            int stan, int onConnection, int ofTemplate, long withRrn, long pan, long ofAmount, long dueNs, long nowNs) {
        int slot = slot(stan);
        state[slot] = OPEN;
        connection[slot] = onConnection;
        template[slot] = ofTemplate;
        rrn[slot] = withRrn;
        panTail[slot] = pan;
        amount[slot] = ofAmount;
        intendedNs[slot] = dueNs;
        sentNs[slot] = nowNs;
        open.add(1);
    }

    /** Marks the request answered. */
    public void close(int stan) {
        int slot = slot(stan);
        panTail[slot] = -1;
        state[slot] = ANSWERED;
        open.add(-1);
    }

    /** Whether the STAN is one of this loop's. */
    public boolean owns(int stan) {
        return stan >= 1 && stan <= STAN_MAX && (stan - 1) % shares == share && slot(stan) < state.length;
    }

    public byte state(int stan) {
        return state[slot(stan)];
    }

    public int connection(int stan) {
        return connection[slot(stan)];
    }

    public int template(int stan) {
        return template[slot(stan)];
    }

    public long rrn(int stan) {
        return rrn[slot(stan)];
    }

    public long panTail(int stan) {
        return panTail[slot(stan)];
    }

    public long amount(int stan) {
        return amount[slot(stan)];
    }

    public long intendedNs(int stan) {
        return intendedNs[slot(stan)];
    }

    public long sentNs(int stan) {
        return sentNs[slot(stan)];
    }

    /** Requests not yet answered; any thread may ask. */
    public long open() {
        return open.get();
    }

    /** Zeroes the card numbers that are left. */
    public void wipe() {
        Arrays.fill(panTail, -1);
    }

    private int slot(int stan) {
        return (stan - 1) / shares;
    }
}
