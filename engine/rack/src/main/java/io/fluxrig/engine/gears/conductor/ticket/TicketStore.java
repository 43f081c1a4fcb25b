package io.fluxrig.engine.gears.conductor.ticket;

import static io.fluxrig.engine.gears.conductor.ticket.TicketLayout.*;

import io.fluxrig.perf.buffer.ByteSlab;
import io.fluxrig.perf.buffer.Bytes;
import java.util.function.IntConsumer;

/**
 * The tickets of one strip, found by key. A ticket is open until its outcome is known, then has an outcome that somebody
 * still has to be told, then is kept for retransmissions, then is gone:
 *
 * <pre>
 *   open() -&gt; OPEN -&gt; settle() -&gt; ANSWERED or TIMED_OUT -&gt; keep() -&gt; KEPT_ANSWER or KEPT_TIMEOUT -&gt; dropKept()
 *              `------------------------ release() ------------------------------------------------------^
 * </pre>
 *
 * <p>A ticket is an int, valid until it is settled (which may give it a new number) or released. Its bytes, request and answer
 * among them, are wiped when it is released. Requests of different types may have tickets under one key, since a reversal's
 * advice is another message than the reversal; there is at most one ticket of a key and a type.
 *
 * <p>Threading: one strip. Allocates only while the slab grows to a number of tickets it has not held before; claiming and
 * finding cost the same however many are open.
 */
public final class TicketStore extends TicketFields {
    /** Returned instead of a ticket: there is none. */
    public static final int NONE = -1;
    /** Returned instead of a ticket: there is no room, nothing was taken. */
    public static final int FULL = -2;

    /** Where a ticket is in its life. */
    public static final int OPEN = 0;

    public static final int ANSWERED = 1;
    public static final int TIMED_OUT = 2;
    public static final int KEPT_ANSWER = 3;
    public static final int KEPT_TIMEOUT = 4;

    /** Connections waiting for one outcome at most, the first requester apart. */
    public static final int JOINERS_MAX = 8;
    /** Longest protocol header kept for a joiner, in bytes. */
    public static final int HEADER_LENGTH_MAX = 255;

    /** What {@link #join} says. */
    public static final int JOINED = 0;

    public static final int ALREADY_JOINED = 1;

    /** What {@link #connId} says once the first requester needs no telling any more. */
    public static final long TOLD = -1;

    /** What {@link #connId} says of a requester whose connection went with the run of the rack before. */
    public static final long OF_RUN_BEFORE = -2;

    /** What {@link #destination} says of a request of the run before that was sent, nobody knows where. */
    public static final int ANYWHERE = -2;

    private static final Preference ANY = requestMti -> 1;
    private static final int BLOCK_LENGTH = 512;
    /** Kept tickets above the most, since somebody still waits for their outcome. */
    private static final int SPARED = 1024;

    private final int openMax;
    private final int keptMax;
    private final KeyTable table;
    private final Joiners joiners;
    private final KeptQueue kept = new KeptQueue();
    private byte[] record = new byte[4096];
    private int open;

    /**
     * @param openMax tickets open (or settled but not told) at most
     * @param keptMax tickets kept at most; 0 keeps none
     */
    public TicketStore(int openMax, int keptMax) {
        super(new ByteSlab(BLOCK_LENGTH, blocksMax(openMax, keptMax, 2)));
        this.openMax = openMax;
        this.keptMax = keptMax;
        this.table = new KeyTable((long) openMax + keptMax + SPARED);
        this.joiners = new Joiners(blocksMax(openMax, keptMax, 1));
    }

    private static int blocksMax(int openMax, int keptMax, int blocksPerTicket) {
        return (int) Math.min(ByteSlab.BLOCKS_LIMIT, ((long) openMax + keptMax) * blocksPerTicket + 64);
    }

    /** Takes a ticket; there must be none of its key and type. Returns it, or {@link #FULL}. */
    public int open(TicketOpening from) {
        if (open >= openMax) {
            return FULL;
        }
        int length = from.recordLength();
        int ticket = slab.claim(length);
        if (ticket < 0) {
            return FULL;
        }
        if (length <= BLOCK_LENGTH) {
            write(ticket, from);
        } else {
            byte[] bytes = record(length);
            from.writeTo(bytes, 0);
            slab.put(ticket, 0, bytes, 0, length);
            Bytes.wipe(bytes, 0, length);
        }
        table.add(from.hash, ticket);
        open++;
        return ticket;
    }

    /** Which of the tickets under one key is meant, by the message type of its request. */
    @FunctionalInterface
    public interface Preference {
        /** How well that type suits, 0 if not at all. */
        int of(int requestMti);
    }

    /** The ticket of a key whose request's type suits best, whatever its state, or {@link #NONE}; of equals the first. */
    public int find(long hash, byte[] key, int keyLength, Preference preference) {
        int best = NONE;
        int bestSuits = 0;
        for (int slot = table.first(hash); slot != KeyTable.NONE; slot = table.next(slot, hash)) {
            int ticket = table.ticket(slot);
            if (hasKey(ticket, key, keyLength)) {
                int suits = preference.of(mti(ticket));
                best = suits > bestSuits ? ticket : best;
                bestSuits = Math.max(suits, bestSuits);
            }
        }
        return best;
    }

    /** A ticket of a key, whatever its state and its request's type, or {@link #NONE}. */
    public int find(long hash, byte[] key, int keyLength) {
        return find(hash, key, keyLength, ANY);
    }

    /** Whether that ticket is held and has no outcome yet; any number is safe to ask about. */
    public boolean isOpen(int ticket) {
        return slab.isClaimed(ticket) && state(ticket) == OPEN;
    }

    /**
     * Gives an open ticket its outcome in place of the request's bytes. The first requester and the joiners stay on it.
     *
     * @param state {@link #ANSWERED} or {@link #TIMED_OUT}
     * @param dialect of the new body
     * @return the ticket's new number, or {@link #FULL} and nothing changed
     */
    public int settle(int ticket, int state, int dialect, byte[] body, int bodyOffset, int bodyLength) {
        int settled = replaceBody(ticket, body, bodyOffset, bodyLength);
        if (settled < 0) {
            return FULL;
        }
        putInt(settled, STATE, state);
        putInt(settled, DIALECT, dialect);
        return settled;
    }

    /** Marks an open ticket as timed out; it keeps the request's bytes until everybody is told. */
    public void timedOut(int ticket) {
        putInt(ticket, STATE, TIMED_OUT);
    }

    /**
     * Keeps a settled ticket for retransmissions; a request's bytes are let go. The caller drops the oldest while {@link
     * #keptOverflow()}.
     *
     * @return false if it could not be kept and was released instead
     */
    public boolean keep(int ticket, long untilNs) {
        boolean answered = state(ticket) == ANSWERED;
        int keeping = answered || keptMax == 0 ? ticket : replaceBody(ticket, record, 0, 0);
        if (keeping < 0 || keptMax == 0) {
            release(ticket);
            return false;
        }
        putInt(keeping, STATE, answered ? KEPT_ANSWER : KEPT_TIMEOUT);
        putLong(keeping, UNTIL_NS, untilNs);
        open--;
        kept.add(keeping);
        return true;
    }

    /** The ticket kept longest, or {@link #NONE}. */
    public int firstKept() {
        return kept.count() == 0 ? NONE : kept.get(0);
    }

    /** The ticket kept last, or {@link #NONE}: which a {@link #keep} that said yes has kept. */
    public int lastKept() {
        return kept.count() == 0 ? NONE : kept.get(kept.count() - 1);
    }

    /** Whether more are kept than there should be. */
    public boolean keptOverflow() {
        return kept.count() > keptMax;
    }

    /** Whether somebody still has to be told the outcome. */
    public boolean isAwaited(int ticket) {
        return getLong(ticket, CONN_ID) != TOLD || getInt(ticket, JOINERS) > 0;
    }

    /** Nobody needs telling any more; how many were not told. */
    public int giveUpWaiting(int ticket) {
        int waiting = getLong(ticket, CONN_ID) == TOLD ? 0 : 1;
        requesterDone(ticket);
        while (firstJoiner(ticket) != NONE) {
            removeJoiner(ticket, firstJoiner(ticket));
            waiting++;
        }
        return waiting;
    }

    /** Connections that joined and still wait. */
    public int joinerCount(int ticket) {
        return getInt(ticket, JOINERS);
    }

    /**
     * Spares the ticket kept longest: the first time it is kept until {@code untilNs}, after that it must be due. It goes
     * behind the others.
     *
     * @return false if it was spared before and its time is over
     */
    public boolean spareFirstKept(long nowNs, long untilNs) {
        int ticket = kept.get(0);
        if (getInt(ticket, EXTENDED) == 0) {
            putInt(ticket, EXTENDED, 1);
            putLong(ticket, UNTIL_NS, untilNs);
        } else if (untilNs(ticket) - nowNs <= 0) {
            return false;
        }
        kept.add(kept.poll());
        return true;
    }

    /** Drops the ticket kept longest and wipes it. */
    public void dropFirstKept() {
        drop(kept.poll());
    }

    /**
     * Reads where the next {@link #dropFirstKept} will have to look, for that many of them. What was kept long is in no cache;
     * this waits for all of it at once, and not for one after the other.
     *
     * @return of no meaning: what was read
     */
    public long fetchFirstKept(int count) {
        long read = 0;
        for (int i = Math.min(count, kept.count()) - 1; i >= 0; i--) {
            read += table.home(hash(kept.get(i)));
        }
        return read;
    }

    /** Gives up a ticket that is not kept and wipes it. */
    public void release(int ticket) {
        open--;
        drop(ticket);
    }

    /** Shows every ticket held; none may be opened or released meanwhile. */
    public void eachHeld(IntConsumer action) {
        table.each(action);
    }

    /** Gives up every ticket and wipes them; {@code before} sees each while it is still held. */
    public void releaseAll(IntConsumer before) {
        table.each(ticket -> {
            before.accept(ticket);
            joiners.removeAll(firstJoiner(ticket));
            letGo(ticket);
        });
        table.clear();
        open = 0;
        kept.clear();
    }

    /**
     * Lets another connection wait for the same outcome.
     *
     * @return {@link #JOINED}, {@link #ALREADY_JOINED} or {@link #FULL}
     */
    public int join(int ticket, long connId, byte[] header, int headerLength) {
        if (getLong(ticket, CONN_ID) == connId) {
            return ALREADY_JOINED;
        }
        for (int joiner = firstJoiner(ticket); joiner != NONE; joiner = nextJoiner(joiner)) {
            if (joinerConnId(joiner) == connId) {
                return ALREADY_JOINED;
            }
        }
        int count = getInt(ticket, JOINERS);
        if (count == JOINERS_MAX || headerLength > HEADER_LENGTH_MAX) {
            return FULL;
        }
        int joiner = joiners.add(firstJoiner(ticket), connId, header, headerLength);
        if (joiner < 0) {
            return FULL;
        }
        putInt(ticket, FIRST_JOINER, joiner);
        putInt(ticket, JOINERS, count + 1);
        return JOINED;
    }

    /** First of the connections that joined, or {@link #NONE}. */
    public int firstJoiner(int ticket) {
        return getInt(ticket, FIRST_JOINER);
    }

    public int nextJoiner(int joiner) {
        return joiners.next(joiner);
    }

    public long joinerConnId(int joiner) {
        return joiners.connId(joiner);
    }

    /** Copies the joiner's protocol header and returns its length. */
    public int joinerHeader(int joiner, byte[] into) {
        return joiners.header(joiner, into);
    }

    /** Takes a joiner off the ticket: it was told, or is gone. */
    public void removeJoiner(int ticket, int joiner) {
        putInt(ticket, FIRST_JOINER, joiners.remove(firstJoiner(ticket), joiner));
        putInt(ticket, JOINERS, getInt(ticket, JOINERS) - 1);
    }

    /** Tickets that are not kept: open, or with an outcome that somebody still has to be told. */
    public int openCount() {
        return open;
    }

    public int keptCount() {
        return kept.count();
    }

    /** Slab records in use, tickets and joiners; 0 when nothing is held. */
    public int recordsInUse() {
        return slab.inUse() + joiners.inUse();
    }

    /** The ticket with another body in place of its own; negative, and nothing changed, if there is no room. */
    private int replaceBody(int ticket, byte[] body, int bodyOffset, int bodyLength) {
        int bodyAt = bodyAt(ticket);
        if (slab.resize(ticket, bodyAt + bodyLength)) {
            slab.put(ticket, bodyAt, body, bodyOffset, bodyLength);
            putInt(ticket, BODY_LENGTH, bodyLength);
            return ticket;
        }
        return move(ticket, bodyAt, body, bodyOffset, bodyLength);
    }

    /** The same for a body that needs more blocks or fewer: the ticket gets a new number. */
    private int move(int ticket, int bodyAt, byte[] body, int bodyOffset, int bodyLength) {
        int replaced = slab.claim(bodyAt + bodyLength);
        if (replaced < 0) {
            return FULL;
        }
        byte[] bytes = record(bodyAt + bodyLength);
        slab.get(ticket, 0, bytes, 0, bodyAt);
        System.arraycopy(body, bodyOffset, bytes, bodyAt, bodyLength);
        Bytes.putIntLe(bytes, BODY_LENGTH, bodyLength);
        table.replace(Bytes.longLe(bytes, HASH), ticket, replaced);
        slab.put(replaced, 0, bytes, 0, bodyAt + bodyLength);
        Bytes.wipe(bytes, 0, bodyAt + bodyLength);
        letGo(ticket);
        return replaced;
    }

    private void drop(int ticket) {
        table.remove(getLong(ticket, HASH), ticket);
        joiners.removeAll(firstJoiner(ticket));
        letGo(ticket);
    }

    private byte[] record(int length) {
        if (record.length < length) {
            record = new byte[Math.max(length, record.length * 2)];
        }
        return record;
    }
}
