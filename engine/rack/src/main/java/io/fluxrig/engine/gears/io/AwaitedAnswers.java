package io.fluxrig.engine.gears.io;

import io.fluxrig.perf.count.Counter;

/**
 * Whether a client that drains waits for answers, where whoever asks is on another rack and holds the tickets: nothing here knows which
 * answer is whose. It waits while fewer frames came than were sent, until {@value #ANSWER_NS} ns after the last one that was sent, and no longer
 * than that in all: wires may bring more meanwhile, without an end. Strip thread only; what is sent costs nothing.
 */
final class AwaitedAnswers {
    /** A host that takes longer is given up. */
    static final long ANSWER_NS = 10_000_000_000L;

    private final Counter sent;
    private final Counter received;
    private long seen;
    private long sentNs;
    private boolean asked;
    private long askedNs;

    /** @param sent frames, and {@code received}, which go on where one gear replaces another */
    AwaitedAnswers(Counter sent, Counter received, long nowNs) {
        this.sent = sent;
        this.received = received;
        this.seen = sent.get();
        this.sentNs = nowNs;
    }

    /** Several times a second. */
    void look(long nowNs) {
        long now = sent.get();
        if (now != seen) {
            seen = now;
            sentNs = nowNs;
        }
    }

    /** Whether any may still come; first asked as the drain begins. */
    boolean any(long nowNs) {
        look(nowNs);
        askedNs = asked ? askedNs : nowNs;
        asked = true;
        return seen > received.get() && nowNs - sentNs < ANSWER_NS && nowNs - askedNs < ANSWER_NS;
    }
}
