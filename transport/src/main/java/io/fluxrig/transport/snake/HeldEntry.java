package io.fluxrig.transport.snake;

/**
 * An entry that a strip has opened, or wants to, as the sharing thread knows it. That thread only.
 *
 * <pre>
 *   CLAIMING --taken--> OURS --outcome, or removed--> WRITING --> gone
 *     ^   | '--not first--> ASKING --somebody else's--> FOUND --looked at again--> ASKING
 *     |   |                   | '--own--> OURS            |
 *     '---|-------------------'<-------taken over---------'
 *         '--no answer in time--> UNKNOWN --outcome--> WRITING
 *   WRITING --somebody has written there--> ASKING: itself, which it had not heard of, or another
 * </pre>
 */
final class HeldEntry {
    final long id;
    final int strip;
    /** Under what it stands in the bucket. */
    final String token;
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

    int claims;
    /** Whether it was ever known to be this run's, or another's. */
    boolean wasOurs;

    boolean wasFound;
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
        ASKING,
        OURS,
        FOUND,
        WRITING,
        UNKNOWN
    }

    HeldEntry(long id, int strip, String token, byte[] opened) {
        this.id = id;
        this.strip = strip;
        this.token = token;
        this.opened = opened;
    }
}
