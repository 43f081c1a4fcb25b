package io.fluxrig.transport.snake.peer;

import java.util.function.IntConsumer;

/**
 * The other rack's end of wires from here, as that rack speaks of it. Written by {@link PeerWatch} under its lock; read by any thread.
 */
public final class FarEnd {
    private static final String PREFIX = "flux.msg.";

    private final String subject;
    private final String rack;
    private final IntConsumer serving;
    private volatile State state = State.UNHEARD;
    private volatile int racks;

    /** What is known of it; it is up in {@link #SERVES} only. */
    enum State {
        UNHEARD("it has not been heard yet", "see that it runs, under that name, and reaches the NATS server"),
        NO_NATS("there is no connection to NATS", "see that the servers of snake.url run and can be reached from here"),
        SILENT(
                "its heartbeats have stopped",
                "see that it runs, reaches the NATS server, and that its clock was not set back"),
        NOT_THERE("it does not have that port", "see that it has started and that both racks run the same scenario"),
        CANNOT_SERVE(
                "its gears do not run, or no host behind that port is connected",
                "look at that rack with 'fluxrig top' there"),
        SERVES("it can serve", "");

        private final String words;
        private final String advice;

        State(String words, String advice) {
            this.words = words;
            this.advice = advice;
        }

        String words() {
            return words;
        }

        String advice() {
            return advice;
        }
    }

    FarEnd(String subject, IntConsumer serving) {
        this.subject = subject;
        this.serving = serving;
        this.rack = rackOf(subject);
    }

    /** The rack or group that a subject leads to. */
    static String rackOf(String subject) {
        return subject.substring(PREFIX.length(), subject.indexOf('.', PREFIX.length()));
    }

    /** As wires name it: {@code west.switch.in}. */
    public String name() {
        return subject.substring(PREFIX.length());
    }

    String subject() {
        return subject;
    }

    /** The rack it is on, or the group of racks. */
    String rack() {
        return rack;
    }

    /** Racks that say now that they can serve it; more than one for a group only. */
    public int serving() {
        return racks;
    }

    /** Whether a rack said that it has this end, be it that nothing behind it can serve. */
    public boolean isThere() {
        return state == State.SERVES || state == State.CANNOT_SERVE;
    }

    /** Why it is not up, for people; empty if it is. */
    public String downBecause() {
        State now = state;
        return now == State.SERVES ? "" : now.words();
    }

    State state() {
        return state;
    }

    void become(State next, int racksServing) {
        if (racks != racksServing) {
            racks = racksServing;
            serving.accept(racksServing);
        }
        state = next;
    }
}
