package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.SparingLog;
import java.util.TreeSet;
import org.slf4j.Logger;

/**
 * The messages in a sender's hands that are longer than NATS takes. They wait until it takes them, after a restart of nats-server with another {@code
 * max_payload}; what is behind them goes on, until the window is full. The wire's thread only.
 */
final class LongMessages {
    private final SenderSettings settings;
    private final Bus bus;
    private final Departures from;
    private final Clock clock;
    private final SnakeFigures figures;
    private final Logger log;
    private final SparingLog trouble;
    private final TreeSet<Long> numbers = new TreeSet<>();
    private long sinceEpochNs;

    LongMessages(SenderSettings settings, Bus bus, Departures from, Clock clock, SnakeFigures figures, Logger log) {
        this.settings = settings;
        this.bus = bus;
        this.from = from;
        this.clock = clock;
        this.figures = figures;
        this.log = log;
        this.trouble = new SparingLog(clock);
    }

    /** Whether a message waits for its length. */
    boolean holds(long number) {
        return !numbers.isEmpty() && numbers.contains(number);
    }

    /** Whether a message must wait for its length. */
    boolean keep(long number, int length) {
        long max = bus.bodyMax();
        if (length <= max) {
            if (numbers.remove(number)) {
                tell();
            }
            return false;
        }
        if (numbers.isEmpty()) {
            sinceEpochNs = clock.epochNanos();
        }
        if (numbers.add(number)) {
            figures.tooLong.increment();
            tell();
        }
        if (trouble.due()) {
            log.error(
                    "{}: a message of {} bytes is longer than NATS takes ({}); it waits, and those behind it go on until snake.in_flight messages"
                            + " do. Raise max_payload of nats-server and restart that",
                    settings.subject(),
                    length,
                    max);
        }
        return true;
    }

    /** What came before has left, as where its receiver had had it. */
    void forgetBefore(long number) {
        if (!numbers.isEmpty() && numbers.first() < number) {
            numbers.headSet(number).clear();
            tell();
        }
    }

    private void tell() {
        from.tooLong(!numbers.isEmpty(), sinceEpochNs);
    }
}
