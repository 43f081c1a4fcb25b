package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.ends.JournalTap;
import io.fluxrig.transport.snake.seal.Origin;

/** Where a sender's messages come from, and who is told that the wire's promise holds for them. The wire's thread only. */
interface Departures {
    /** Random bytes that say by whom messages are counted. */
    Origin origin();

    /** Hands over at most so many messages; how many. */
    int poll(JournalTap.Handler to, int limit);

    /** The oldest message that was handed over and not settled, a strip's, is where it should be. */
    void settled(int strip);

    /** Passes on what was settled; once a turn. */
    void flush();

    /** Whether nothing gets away at present. */
    void stuck(boolean now);

    /**
     * Whether nothing gets away at present, and has not for longer than may be waited.
     *
     * @param sinceEpochNs when something got away last, by the wall clock
     */
    void stalled(boolean now, long sinceEpochNs);

    /**
     * Whether a message waits that is longer than NATS takes.
     *
     * @param sinceEpochNs since when, by the wall clock
     */
    void tooLong(boolean now, long sinceEpochNs);
}
