package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gears.ConnectionName;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.rack.process.RackRun;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what an operator has the mixer order. The agent's thread only. */
final class AgentOrders {
    private static final Logger LOG = LoggerFactory.getLogger(AgentOrders.class);

    /** A strip that is not stuck takes a signal within microseconds; the agent does nothing else meanwhile. */
    private static final long CLOSE_WAIT_MS = 500;

    private final AgentWork work;
    private final RackLog log;

    AgentOrders(AgentWork work, RackLog log) {
        this.work = work;
        this.log = log;
    }

    /** What came of an order. */
    record Outcome(boolean ok, String text) {}

    Outcome obey(Order order) {
        work.memory().heard(order.epoch(), order.atMs());
        LOG.warn("the mixer orders: {} {}", order.word(), order.value());
        return switch (order.word()) {
            case Order.KILL -> {
                work.kill();
                yield new Outcome(true, "the gears are stopped; what was in flight has no outcome");
            }
            case Order.DRAIN -> {
                work.memory().hold(Order.DRAIN);
                yield new Outcome(true, "draining");
            }
            case Order.RESUME -> resume();
            case Order.CLOSE -> close(order.value());
            default -> level(order.value());
        };
    }

    private Outcome resume() {
        if (work.suspended()) {
            return new Outcome(false, "the rack is suspended; activate it");
        }
        work.resume();
        return new Outcome(true, work.hasScenario() ? "starting again" : "there is no scenario to run yet");
    }

    private Outcome close(String name) {
        OptionalLong connection = ConnectionName.parse(name);
        RackRun run = work.run();
        if (connection.isEmpty()) {
            return new Outcome(false, "this names no connection; write it as the log does, such as 0.0.12.3");
        }
        if (run == null) {
            return new Outcome(false, "nothing runs");
        }
        // strips take signals in their order: by the time that nobody has closed it, all have told
        ConnectionsUp up = new ConnectionsUp();
        run.supervisor().bank().signal(new Signal.ConnAsk(up));
        CountDownLatch closed = new CountDownLatch(1);
        run.supervisor().bank().signal(new Signal.ConnClose(connection.getAsLong(), "operator", closed::countDown));
        return await(closed)
                ? new Outcome(true, "connection " + name + " is closed")
                : new Outcome(
                        false,
                        "no gear here has closed connection " + name + " within " + CLOSE_WAIT_MS
                                + " ms: it has gone, is another rack's, or is closed as soon as its strip gets to it; "
                                + up.words());
    }

    private static boolean await(CountDownLatch closed) {
        try {
            return closed.await(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Outcome level(String level) {
        if (!Order.LEVELS.contains(level)) {
            return new Outcome(false, "levels are " + String.join(", ", Order.LEVELS));
        }
        log.level(level);
        return new Outcome(true, "logs at " + level + " until the rack is started again");
    }
}
