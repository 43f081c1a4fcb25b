package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.rack.change.RackReload.Ended;
import io.fluxrig.engine.rack.process.RackRun;
import io.fluxrig.transport.bus.BusLogin;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the gears of a rack that a mixer leads run: what it was sent last ({@link Activations}), unless an order holds it. Remembers both
 * over restarts. The agent's thread only.
 */
final class AgentWork {
    private static final Logger LOG = LoggerFactory.getLogger(AgentWork.class);
    private static final long RETRY_MS = 10_000;

    private final Host agent;
    private final Identity identity;
    private final String version;
    private final GearsRun gears;
    private final ScenarioFolder scenarios;
    private final MemoryFile memory;
    private final Attempts attempts;
    private final Activations activations;
    private String runningHash = "";
    private String reason = "";
    private String startRefusal = "";
    private boolean admitted = true; // as far as the mixer goes
    private long retryAtMs;

    /** Whose work it is. */
    interface Host {
        /** Has something done soon on the agent's thread, which ends what was begun; any thread. */
        void mustDo(Runnable end);

        /** Has the mixer told how the rack is as soon as may be. */
        void tellSoon();

        /** Rises evenly, from 0 where the agent began. */
        long nowMs();

        /** To NATS, null for none. */
        BusLogin login();
    }

    /** @param memory as {@code data}'s file has it */
    AgentWork(Host agent, Identity identity, String version, GearsRun gears, Path data, AgentMemory memory) {
        this.agent = agent;
        this.identity = identity;
        this.version = version;
        this.gears = gears;
        this.scenarios = new ScenarioFolder(data.resolve("scenarios"));
        this.memory = new MemoryFile(AgentMemory.file(data), memory);
        this.attempts = new Attempts(this.memory, agent.nowMs());
        this.activations = new Activations(this, agent, gears, scenarios, this.memory, attempts);
    }

    /**
     * Brings what runs in line with what may.
     *
     * @param admitted whether there is a passport: a mixer takes it away, time does not
     * @param notYet why nothing starts at present, empty if it may
     * @param waits whether what ran before waits for a word of the mixer
     */
    void turn(boolean admitted, String notYet, boolean waits) {
        boolean may = admitted && memory.now().heldBy().isEmpty();
        startRefusal = notYet;
        this.admitted = admitted;
        boolean changing = activations.underWay() != null;
        if (!changing && gears.run() == null) {
            attempts.ends();
        } else if (!changing && gears.hasProvenItself()) {
            attempts.over();
        }
        if (gears.run() != null && !may && !gears.draining()) {
            drain();
        } else if (gears.run() == null
                && may
                && !waits
                && !activations.hasNext()
                && notYet.isEmpty()
                && hasScenario()
                && agent.nowMs() >= retryAtMs
                && pause().isEmpty()) {
            startLast();
        }
    }

    private String pause() {
        return attempts.pause(agent.nowMs());
    }

    private void startLast() {
        attempts.beginStart();
        Ended failed = start(memory.now().scenario());
        boolean kept = memory.now().outcome().equals(Heartbeat.KEPT);
        if (failed != null && gears.endsSoon()) {
            retryAtMs = Long.MAX_VALUE;
        } else if (failed != null && kept && hasAnother()) {
            goBack(failed);
        } else if (failed != null) {
            reason = failed.text();
            retryAtMs = agent.nowMs() + RETRY_MS;
            LOG.error("the last scenario does not start, tried again in {} s: {}", RETRY_MS / 1000, reason);
        } else if (kept) {
            memory.keep(memory.now()
                    .dealtWith(memory.now().activation(), "changed", "runs, now that nothing holds the rack"));
        }
    }

    /** Whether there is something that ran well before what is to run, which was kept. */
    private boolean hasAnother() {
        String before = attempts.before();
        return !before.isEmpty() && !before.equals(memory.now().scenario());
    }

    /** From what was kept and does not start, to what ran before. */
    private void goBack(Ended failed) {
        AgentMemory now = memory.now();
        LOG.error(
                "activation {} was kept until the rack runs again, and does not start; what ran before runs: {}",
                ScenarioPush.shown(now.activation()),
                failed.text());
        memory.keep(now.runs(attempts.before())
                .dealtWith(now.activation(), failed.outcome(), failed.text() + "; what ran before runs"));
        attempts.cameToNothing(now.activation());
        agent.tellSoon();
    }

    void admitted(boolean yes) {
        admitted = yes;
    }

    /** A scenario came. */
    void push(ScenarioPush push) {
        activations.push(push);
    }

    /** Why nothing may run, for people; empty if it may. */
    String whyIdle() {
        String unasked = admitted ? startRefusal : "its mixer has it stopped";
        String heldBy = memory.now().heldBy();
        return heldBy.isEmpty() ? unasked : "it is held (" + heldBy + ")";
    }

    /** Begins to drain what runs, and stops it then. */
    void drain() {
        RackRun run = gears.run();
        gears.drain(() -> agent.mustDo(() -> drained(run)));
    }

    /** @param run the one that was drained; it may have been stopped since, and another started */
    private void drained(RackRun run) {
        if (gears.run() == run) {
            gears.stop();
            runs("");
            agent.tellSoon();
        }
        activations.drained(run);
    }

    /**
     * Starts a bundle that was unpacked; nothing runs.
     *
     * @return null if it runs; else an outcome that says why not
     */
    Ended start(String hash) {
        try {
            Path file = scenarios.file(hash);
            if (file == null) {
                return new Ended(false, "refused", "the scenario's files are gone; activate it again");
            }
            Ended failed = gears.start(file, agent.login());
            if (failed == null) {
                runs(hash);
                isFine();
            }
            agent.tellSoon();
            return failed;
        } catch (IOException unreadable) {
            return new Ended(false, "refused", "the scenario's files cannot be read: " + unreadable.getMessage());
        }
    }

    /** What runs from now on, empty for nothing. */
    void runs(String hash) {
        runningHash = hash;
    }

    /** Hash of the bundle that runs, empty for none. */
    String runningHash() {
        return runningHash;
    }

    /** There is nothing to say any more of a start that failed. */
    void isFine() {
        reason = "";
    }

    /** Stops the gears at once, and holds them. */
    void kill() {
        memory.hold(Order.KILL);
        long left = WorkView.inFlight(gears.run());
        if (left == 0) {
            LOG.info("killed, as the mixer orders: nothing was in flight");
        } else {
            LOG.warn(
                    "killed, as the mixer orders, with {} in flight: their terminals are told nothing, their issuers may have"
                            + " approved them",
                    left == WorkView.UNKNOWN ? "an unknown number" : Long.toString(left));
        }
        gears.stop();
        runs("");
        agent.tellSoon();
    }

    /** Whether the mixer suspended the rack. */
    boolean suspended() {
        return memory.now().suspended();
    }

    /** Whether there is a scenario to run. */
    boolean hasScenario() {
        return !memory.now().scenario().isEmpty();
    }

    /** What runs, null for nothing. */
    RackRun run() {
        return gears.run();
    }

    /** What it remembers. */
    MemoryFile memory() {
        return memory;
    }

    /** Another run with this rack's key, which was there too, is not there any more: what came to nothing beside it is tried again. */
    void isAlone() {
        attempts.forgetFailure();
    }

    /** The mixer suspended the rack, or has it be active; orders hold it or not as they did before. */
    void suspend(boolean now) {
        if (memory.suspend(now)) {
            retryAtMs = 0;
        }
    }

    /** The rack was removed: what it is to run, whoever lets it in again says anew. */
    void forget() {
        activations.forget();
        AgentMemory rest = memory.now().forgetsWork();
        if (!rest.equals(memory.now())) {
            memory.keep(rest);
        }
        isFine();
    }

    /** Lets the gears run, whatever order held them. */
    void resume() {
        memory.hold("");
        retryAtMs = 0;
    }

    /** Drains and stops, at the end of the process; whether everything in flight got its outcome. */
    boolean end() {
        attempts.ends();
        return gears.end();
    }

    /** @param asked whether the process was asked to end; an error that ends it counts as its death */
    void stop(boolean asked) {
        if (asked) {
            attempts.ends();
        }
        gears.stop();
    }

    Heartbeat.Builder heartbeat(KeysTaker keys) {
        ScenarioPush underWay = activations.underWay();
        String again = underWay == null ? "" : attempts.again(underWay.activation());
        return WorkView.of(gears.run(), memory.now(), waitingFor(), runningHash, underWay, again)
                .heartbeat(identity, version, keys);
    }

    private String waitingFor() {
        if (!startRefusal.isEmpty()) {
            return startRefusal;
        }
        String unhindered = hasScenario() ? pause() : "for a scenario";
        return reason.isEmpty() ? unhindered : reason;
    }
}
