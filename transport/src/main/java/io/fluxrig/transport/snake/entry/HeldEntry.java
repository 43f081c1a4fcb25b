package io.fluxrig.transport.snake.entry;

import io.fluxrig.transport.entry.SharedEntry;
import java.util.List;

/**
 * An entry that a strip has opened, or wants to, as the sharing thread knows it. That thread only.
 *
 * <pre>
 *   CLAIMING --first--> [CLAIMED -->] OURS --outcome, or removed--> WRITING --> gone
 *     ^   | '--not first--> ASKING --somebody else's--> FOUND --looked at again--> ASKING
 *     |   |                   | '--own--> OURS            |
 *     '---|-------------------'<-------taken over---------'
 *         |--taken over--> TAKEN --a moment later--> ASKING
 *         '--no answer in time--> UNKNOWN --outcome--> WRITING
 *   WRITING --somebody has written there--> ASKING: itself, which it had not heard of, or another
 * </pre>
 *
 * <p>CLAIMED, while it is not sure that all racks have the names under which it was claimed ({@link EntryClaims}).
 *
 * <p>TAKEN, since a cluster of nats-server before 2.9.21 may take two values that are each to replace the same one, if they come within
 * milliseconds: the later one stands there. What is written where there was nothing it takes once.
 */
final class HeldEntry {
    final long id;
    final int strip;
    /** Under what it stands in the bucket: another one where the names there have changed. */
    String token;
    /** When the strip wanted to open it. */
    final long wantedNs;
    /** The record that opens it, sealed. */
    final byte[] opened;

    State state = State.CLAIMING;
    /** The place of a record of the strip that waits for it; null for none. */
    EntryTurn turn;
    /** Of the value that stands there, as far as known; 0 for none. */
    long revision;
    /** Number of the question that is under way; 0 for none. */
    long question;
    /** What is to stand there in the end, empty where nothing is; null as long as that is not known. */
    byte[] last;

    /** Under what it was claimed, or looked for, last. */
    String askedAs;
    /** When it was claimed last. */
    long claimedNs;

    int claims;
    /** How often it could not be claimed since another was just being taken there. */
    int busy;
    /** Whether it was ever known to be this run's, or another's. */
    boolean wasOurs;

    boolean wasFound;
    /** Whether this run's value took another's place, and nothing else was seen there since. */
    boolean taken;
    /** Whether the strip was let go on with it though nobody could tell whose it is. */
    boolean wentAlone;
    /** When to write, or to claim, once more. */
    long dueNs;
    /** For how long to try to write what it came to; 0 before it came to anything. */
    long giveUpNs;

    /** Until when it is worth trying to write what it came to, said once. */
    void worthUntil(long untilNs) {
        giveUpNs = giveUpNs == 0 ? untilNs : giveUpNs;
    }

    enum State {
        CLAIMING,
        CLAIMED,
        TAKEN,
        ASKING,
        OURS,
        FOUND,
        WRITING,
        UNKNOWN
    }

    HeldEntry(long id, int strip, String token, byte[] opened, long wantedNs) {
        this.id = id;
        this.wantedNs = wantedNs;
        this.strip = strip;
        this.token = token;
        this.opened = opened;
    }

    /** Whether nobody knows yet whose it is: what becomes of it meanwhile is written afterwards. */
    boolean isBeingClaimed() {
        return state == State.CLAIMING || state == State.CLAIMED || state == State.TAKEN;
    }

    /** Whether the strip waits for what becomes of it elsewhere, as far as it was told. */
    boolean waitsForAnother() {
        return wasFound && !wentAlone;
    }

    /**
     * Whether the strip has gone on with it, alone or as its own, and what came of that is known: somebody else's entry in its place is one
     * too many, as where the bucket with this one was lost.
     */
    boolean wentOutAndCameToSomething() {
        return (wentAlone || wasOurs) && last != null && last.length > 0;
    }

    /** What the strip is told then. */
    SharedEntry foundAfterwards(List<byte[]> records, long nowNs) {
        return new SharedEntry(id, SharedEntry.Verdict.FOUND_AFTERWARDS, records, nowNs - wantedNs);
    }
}
