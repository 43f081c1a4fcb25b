package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.snake.nats.Bus;
import java.util.List;

/**
 * Notices that the server does not let this rack do what an end of a wire needs, which is told by no answer: a request that is refused runs out, as
 * one to a server that is busy does.
 *
 * <table>
 * <caption>Until when the wire cannot be used</caption>
 * <tr><td>what is asked for whenever the wire has anything to do</td><td>something is answered</td></tr>
 * <tr><td>what has no answer, or is not asked for each time</td><td>it was not refused for a while: other answers say nothing of it</td></tr>
 * </table>
 *
 * <p>A new connection, perhaps with other rights, ends both. The wire's thread only.
 */
final class RightsWatch {
    /** What has no answer is said again as often as a message comes again, and that is as often as the stream is asked about it. */
    static final long QUIET_NS = 60_000_000_000L;

    /** What is done as seldom as {@link AnewPace} lets it. */
    static final long SELDOM_NS = 300_000_000_000L;

    private final Bus bus;
    private final SnakeFigures figures;
    private final List<String> asked;
    private final List<Quiet> quiet;
    private long known;
    private boolean refused;

    /** What is published without an answer, or now and then. */
    static final class Quiet {
        private final String subject;
        private final long holdNs;
        private long known;
        private boolean refused;
        private long refusedNs;

        /** @param holdNs how long a refusal counts */
        Quiet(String subject, long holdNs) {
            this.subject = subject;
            this.holdNs = holdNs;
        }
    }

    /**
     * Knows what was refused until now, and does not count it.
     *
     * @param asked subjects that the end publishes to and waits for an answer
     */
    RightsWatch(Bus bus, SnakeFigures figures, List<String> asked, List<Quiet> quiet) {
        this.bus = bus;
        this.figures = figures;
        this.asked = asked;
        this.quiet = quiet;
        anew();
    }

    /** Something had no answer yet. */
    void look(long nowNs) {
        long now = refusals();
        refused |= now != known;
        known = now;
        lookAtQuiet(nowNs);
    }

    /** Now and then, whatever is answered. */
    void lookAtQuiet(long nowNs) {
        boolean any = refused;
        for (Quiet one : quiet) {
            long now = bus.refusals(one.subject);
            if (now != one.known) {
                one.known = now;
                one.refused = true;
                one.refusedNs = nowNs;
            }
            one.refused = one.refused && nowNs - one.refusedNs < one.holdNs;
            any |= one.refused;
        }
        figures.unusable.set(any ? 1 : 0);
    }

    /** Something was answered, or nothing is asked now. */
    void well(long nowNs) {
        known = refusals();
        refused = false;
        lookAtQuiet(nowNs);
    }

    /** There is another connection. */
    void anew() {
        known = refusals();
        refused = false;
        for (Quiet one : quiet) {
            one.known = bus.refusals(one.subject);
            one.refused = false;
        }
        figures.unusable.set(0);
    }

    private long refusals() {
        long sum = 0;
        for (String subject : asked) {
            sum += bus.refusals(subject);
        }
        return sum;
    }
}
