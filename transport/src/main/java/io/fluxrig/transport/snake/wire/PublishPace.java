package io.fluxrig.transport.snake.wire;

import java.util.Random;

/**
 * How much a sender publishes of what has no answer yet, and how long it waits for one. All of its window as a rule. A stream that says nothing, or
 * takes nothing, is tried with the oldest few until it answers: each copy of a message is one more entry that the servers of a cluster must agree on
 * before they find that they have it, so a window that is sent again and again keeps a cluster behind that is behind.
 *
 * <table>
 * <caption>How many of the oldest without an answer may be under way</caption>
 * <tr><td>{@link #PROBE}</td><td>once a message had no answer in time and no other one had any for {@code snake.ack_wait}; the stream refused one; there
 *     is a new connection over which something is sent again</td></tr>
 * <tr><td>twice as many</td><td>with each message that the stream takes, until it is all again</td></tr>
 * </table>
 *
 * <p>The first answer is waited for {@code snake.ack_wait}, the next ones twice as long each time, up to 16 times, a quarter more or less, so that
 * wires do not try together. The oldest one without an answer is tried again after the first wait each time: it tells whether the stream answers again, and costs one
 * message. The wire's thread only.
 */
final class PublishPace {
    static final int PROBE = 16;

    /** Where a stream answers, what has had none within so long has none to come. */
    private static final long ANSWERED_NS = 1_000_000_000L;

    private static final int DOUBLINGS_MAX = 4;

    private final int all;
    private final long ackWaitNs;
    private final Random random;
    private int limit;
    private long answeredNs;

    /** @param all messages of a window */
    PublishPace(int all, long ackWaitNs, Random random, long nowNs) {
        this.all = all;
        this.ackWaitNs = ackWaitNs;
        this.random = random;
        this.limit = all;
        this.answeredNs = nowNs;
    }

    /** How many of the oldest without an answer may be under way. */
    int limit() {
        return limit;
    }

    /** A message had no answer in time. */
    void silent(long nowNs) {
        if (nowNs - answeredNs >= ackWaitNs) {
            probe();
        }
    }

    /** Only the oldest few, until the stream takes some. */
    void probe() {
        limit = Math.min(PROBE, all);
    }

    /** The stream has a message; whether it was only tried until then. */
    boolean answered(long nowNs) {
        boolean tried = limit < all;
        answeredNs = nowNs;
        limit = Math.min(2 * limit, all);
        return tried;
    }

    /**
     * How long to wait for an answer to a message.
     *
     * @param silences how often there was none in time
     */
    long waitNs(int silences, boolean oldest) {
        if (silences == 0) {
            return ackWaitNs;
        }
        long waitNs = oldest ? ackWaitNs : ackWaitNs << Math.min(silences, DOUBLINGS_MAX);
        return waitNs - waitNs / 4 + random.nextLong(waitNs / 2 + 1);
    }

    /** How long to wait still where the stream answers again. */
    long answeredWaitNs() {
        return Math.min(ackWaitNs, ANSWERED_NS);
    }
}
