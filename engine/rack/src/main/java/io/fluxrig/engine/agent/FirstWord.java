package io.fluxrig.engine.agent;

/**
 * Has a rack that starts hear its mixer before it starts its gears, where that can be had at once: it may have been removed or suspended
 * while it was off, and its gears would switch until it is told. Where NATS cannot be reached, or no mixer listens, nothing waits. The
 * agent's thread only.
 *
 * <pre>
 *   connecting --connected, hello--> asked --the mixer's answer--------------------> may start
 *    |  |  '---- NATS away, or {@value #CONNECT_MS} ms ------'------ no mixer, or {@value #ANSWER_MS} ms --------^
 *    |  '--- the login is refused ---> says hello as a rack that is not admitted: {@value #REFUSED_MS} ms
 * </pre>
 */
final class FirstWord {
    /** A server that says nothing at all, as behind a firewall, costs a start that much: one try to connect. */
    static final long CONNECT_MS = 2_000;

    /** A mixer that is slow to answer, that much in all. */
    static final long ANSWER_MS = 3_000;

    /** Who has no login any more was removed, most likely: the mixer will say so. */
    static final long REFUSED_MS = 10_000;

    private final Line line;
    private final long beganMs;
    private boolean refused;
    private boolean over;

    /** The rack's line to its mixer. */
    interface Line {
        /** How often a connection was made. */
        long connections();

        /** Whether the server has said that it does not know this rack's login. */
        boolean unknownLogin();

        /** Whether NATS could not be reached yet. */
        boolean unreachable();

        /** Whether nobody was there to answer a hello. */
        boolean unanswered();
    }

    /** @param nowMs rises evenly */
    FirstWord(Line line, long nowMs) {
        this.line = line;
        this.beganMs = nowMs;
    }

    /** The mixer has said how the rack stands. */
    void heard() {
        over = true;
    }

    /** Whether the gears wait for it still. */
    boolean waits(long nowMs) {
        refused |= line.unknownLogin();
        over |= nowMs - beganMs >= mostMs() || line.unreachable() || line.unanswered();
        return !over;
    }

    private long mostMs() {
        if (refused) {
            return REFUSED_MS;
        }
        return line.connections() > 0 ? ANSWER_MS : CONNECT_MS;
    }
}
