package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.snake.nats.Bus;

/**
 * Notices that the server does not let this rack do what an end of a wire needs, which is told by no answer: a request that is refused runs out, as
 * one to a server that is busy does. The wire's thread only.
 */
final class RightsWatch {
    private final Bus bus;
    private final SnakeFigures figures;
    private final String[] subjects;
    private long known;

    /** @param subjects that the end publishes to */
    RightsWatch(Bus bus, SnakeFigures figures, String... subjects) {
        this.bus = bus;
        this.figures = figures;
        this.subjects = subjects;
        this.known = refusals();
    }

    /** Something had no answer yet. */
    void look() {
        long now = refusals();
        if (now != known) {
            known = now;
            figures.unusable.set(1);
        }
    }

    /** Something was answered, or nothing is asked now, or there is another connection, perhaps with other rights. */
    void well() {
        known = refusals();
        figures.unusable.set(0);
    }

    private long refusals() {
        long sum = 0;
        for (String subject : subjects) {
            sum += bus.refusals(subject);
        }
        return sum;
    }
}
