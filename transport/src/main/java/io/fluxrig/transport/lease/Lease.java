package io.fluxrig.transport.lease;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease, held by one of several at a time. Who holds it renews it each quarter of its length, and counts it as lost a quarter before
 * the others can have it:
 *
 * <pre>
 *   renewal sent         renewed?   renewed?    holds() is false        others may take it
 *   |---- length/4 ------|----------|-----------|-----------------------|
 *   0                    1/4        2/4         3/4 = good until        length, from when the store got it
 * </pre>
 *
 * <p>The time counts from before the renewal was sent, so that it ends here before it ends in the store, however long the way there was. A renewal
 * whose answer was lost shows at the next turn, by its value. Clocks need not agree, only run alike.
 *
 * <p>Threading: {@link #turn} and {@link #release} by one thread, which waits for the store; the others any.
 */
public final class Lease {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    /** Turns for each length, and parts of it that are kept as a margin: one. */
    private static final int PARTS = 4;

    private static final State NOBODY = new State(0, 0, 0);

    private final LeaseStore store;
    private final byte[] value;
    private final long lengthNs;
    private final LongSupplier clockNs;
    private volatile State state = NOBODY;
    private volatile byte[] holder;
    private long terms;
    /** Whether the store failed at the last turn. */
    private boolean away;

    /**
     * @param value who holds it, unlike everybody else's
     * @param lengthNs after which an entry of the store ends that was not written again
     * @param clockNs a clock that only rises
     */
    public Lease(LeaseStore store, byte[] value, long lengthNs, LongSupplier clockNs) {
        this.store = store;
        this.value = value.clone();
        this.lengthNs = lengthNs;
        this.clockNs = clockNs;
    }

    /** @param term 0 while it is not held */
    private record State(long term, long revision, long goodUntilNs) {}

    /** How long to wait between two turns. */
    public long turnNs() {
        return lengthNs / PARTS;
    }

    /** Whether it is held now, whatever the last turn said. */
    public boolean holds() {
        return holds(state);
    }

    /** A number for each time it was taken; 0 while it is not held. */
    public long term() {
        State now = state;
        return holds(now) ? now.term() : 0;
    }

    /** The value of who held it when it was looked at last; null if nobody did. */
    public byte[] holder() {
        return holder;
    }

    /** Renews it, or takes it if nobody has it and it is wanted. */
    public void turn(boolean wanted) {
        if (state.term() != 0 && !holds()) {
            LOG.warn("the lease was not renewed in time");
            state = NOBODY;
        }
        try {
            if (state.term() != 0) {
                renew();
            } else {
                look(wanted);
            }
            if (away) {
                LOG.warn("the lease can be had again");
            }
            away = false;
        } catch (IOException unknown) {
            holder = state.term() == 0 ? null : holder; // who has it now cannot be known
            if (!away) {
                LOG.warn("the lease cannot be had: {}; tried again and again", unknown.getMessage());
            }
            away = true;
        }
    }

    /** Gives it back, so that somebody else need not wait for its end. */
    public void release() {
        State given = state;
        state = NOBODY;
        if (given.term() == 0) {
            return;
        }
        try {
            store.remove(given.revision());
        } catch (IOException unknown) {
            LOG.debug("the lease ends by itself: {}", unknown.getMessage());
        }
    }

    private void renew() throws IOException {
        long sentNs = clockNs.getAsLong();
        long revision = store.update(value, state.revision());
        if (revision != LeaseStore.TAKEN) {
            state = new State(state.term(), revision, goodUntil(sentNs));
            return;
        }
        LeaseStore.Entry there = store.read();
        if (there != null && isMine(there)) {
            // an earlier renewal arrived, whose answer did not
            sentNs = clockNs.getAsLong();
            revision = store.update(value, there.revision());
        }
        boolean mine = revision != LeaseStore.TAKEN;
        state = mine ? new State(state.term(), revision, goodUntil(sentNs)) : NOBODY;
        holder = mine || there == null ? holder : there.value();
    }

    private void look(boolean wanted) throws IOException {
        LeaseStore.Entry there = store.read();
        holder = there == null ? null : there.value();
        if (!wanted || there != null && !isMine(there)) {
            return;
        }
        long sentNs = clockNs.getAsLong();
        long revision = there == null ? store.create(value) : store.update(value, there.revision());
        if (revision != LeaseStore.TAKEN) {
            holder = value.clone();
            state = new State(++terms, revision, goodUntil(sentNs));
        }
    }

    private boolean holds(State one) {
        return one.term() != 0 && clockNs.getAsLong() - one.goodUntilNs() < 0;
    }

    private boolean isMine(LeaseStore.Entry entry) {
        return Arrays.equals(entry.value(), value);
    }

    private long goodUntil(long sentNs) {
        return sentNs + lengthNs - lengthNs / PARTS;
    }
}
