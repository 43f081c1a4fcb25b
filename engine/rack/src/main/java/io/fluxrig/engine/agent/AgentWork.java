package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gears.ConnectionName;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.rack.RackChanges.Report;
import io.fluxrig.engine.rack.RackRun;
import io.fluxrig.engine.rack.RackState;
import io.fluxrig.engine.scenario.Scenario;
import io.fluxrig.transport.bus.BusLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a rack that a mixer leads runs: the scenario that it was sent, unless an order holds it. Remembers both over restarts. The
 * agent's thread only.
 */
final class AgentWork {
    /** What holds the gears of a rack that the mixer suspended. */
    static final String SUSPENDED = "suspended";

    private static final Logger LOG = LoggerFactory.getLogger(AgentWork.class);
    private static final long RETRY_MS = 10_000;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final Agent agent;
    private final Identity identity;
    private final String version;
    private final GearsRun gears;
    private final RackLog log;
    private final ScenarioFolder scenarios;
    private final Path memoryFile;
    private final InstantSource clock;
    private AgentMemory memory;
    private String runningHash = "";
    private String reason = "";
    private long retryAtMs;
    /** The activation that is being made, null for none. */
    private ScenarioPush underWay;
    /** What the change under way goes to; what came meanwhile, the last of it. */
    private String wantedHash = "";

    private ScenarioPush next;

    AgentWork(
            Agent agent,
            Identity identity,
            String version,
            GearsRun gears,
            RackLog log,
            Path data,
            AgentMemory memory,
            InstantSource clock) {
        this.agent = agent;
        this.identity = identity;
        this.version = version;
        this.gears = gears;
        this.log = log;
        this.scenarios = new ScenarioFolder(data.resolve("scenarios"));
        this.memoryFile = Agent.memoryFile(data);
        this.memory = memory;
        this.clock = clock;
    }

    /** What came of an order. */
    record Outcome(boolean ok, String text) {}

    /** What a heartbeat says; see {@link Heartbeat}. */
    record View(
            String state,
            String reason,
            String scenario,
            String scenarioVersion,
            String scenarioHash,
            long inFlight,
            long activation,
            String outcome,
            String text,
            long uptimeSeconds,
            int statusPort) {}

    /**
     * Brings what runs in line with what may.
     *
     * @param admitted whether there is a passport that is good
     */
    void turn(boolean admitted, BusLogin login) {
        boolean may = admitted && memory.held().isEmpty();
        if (gears.run() != null && !may && !gears.draining()) {
            gears.drain(() -> agent.later(() -> drained(login)));
        } else if (gears.run() == null && may && !memory.scenario().isEmpty() && clock.millis() >= retryAtMs) {
            Report failed = start(memory.scenario(), login);
            if (failed != null) {
                reason = failed.text();
                retryAtMs = clock.millis() + RETRY_MS;
                LOG.error("the last scenario does not start, tried again in {} s: {}", RETRY_MS / 1000, reason);
            }
        }
    }

    /** A scenario came. */
    void push(ScenarioPush push, BusLogin login) {
        remember(memory.heard(push.atMs()));
        if (push.activation() <= memory.activation()) {
            agent.tellSoon();
        } else if (underWay != null) {
            next = push.activation() > underWay.activation() ? push : next;
        } else {
            begin(push, login);
        }
    }

    private void begin(ScenarioPush push, BusLogin login) {
        LOG.info("the mixer sends scenario {} {}, activation {}", push.name(), push.version(), push.activation());
        String hash;
        Path file;
        try {
            hash = scenarios.unpack(ScenarioBundle.read(push.bundle()), push.bundle());
            file = scenarios.file(hash);
        } catch (IOException unusable) {
            ended(push, new Report(0, "refused", "the bundle cannot be used: " + unusable.getMessage()), "");
            return;
        }
        if (gears.run() != null && !gears.draining()) {
            underWay = push;
            wantedHash = hash;
            agent.tellSoon();
            gears.change(file, report -> agent.later(() -> changed(push, report, login)));
        } else if (!memory.held().isEmpty()) {
            ended(
                    push,
                    new Report(0, "changed", "kept until the rack runs again: it is held (" + memory.held() + ")"),
                    hash);
        } else {
            Report failed = start(hash, login);
            ended(
                    push,
                    failed == null ? new Report(0, "changed", push.name() + " " + push.version() + " runs") : failed,
                    hash);
        }
    }

    private void changed(ScenarioPush push, Report report, BusLogin login) {
        if (report.outcome().equals("refused") && push.restart() && gears.run() != null) {
            LOG.info(
                    "it cannot be changed to while the rack runs ({}): draining, to start again with it",
                    report.text());
            gears.drain(() -> agent.later(() -> drained(login)));
            return;
        }
        if (report.ok()) {
            runningHash = wantedHash;
        }
        ended(push, report, wantedHash);
        goOn(login);
    }

    private void drained(BusLogin login) {
        gears.stop();
        runningHash = "";
        if (underWay == null) {
            agent.tellSoon();
            return;
        }
        ScenarioPush push = underWay;
        Report failed = memory.held().isEmpty() ? start(wantedHash, login) : null;
        ended(
                push,
                failed == null
                        ? new Report(0, "changed", push.name() + " " + push.version() + " runs, after a restart")
                        : failed,
                wantedHash);
        goOn(login);
    }

    private void goOn(BusLogin login) {
        ScenarioPush waiting = next;
        next = null;
        if (waiting != null) {
            push(waiting, login);
        }
    }

    private void ended(ScenarioPush push, Report report, String hash) {
        underWay = null;
        AgentMemory now = memory.dealtWith(push.activation(), report.outcome(), report.text());
        remember(report.ok() ? now.runs(hash) : now);
        reason = report.ok() ? "" : reason;
        if (!report.ok()) {
            LOG.error(
                    "activation {} of {} {}: {}: {}",
                    push.activation(),
                    push.name(),
                    push.version(),
                    report.outcome(),
                    report.text());
        }
        String left = scenarios.forgetAllBut(new HashSet<>(List.of(memory.scenario(), runningHash)));
        if (!left.isEmpty()) {
            LOG.warn("{}", left);
        }
        agent.tellSoon();
    }

    private Report start(String hash, BusLogin login) {
        try {
            Path file = scenarios.file(hash);
            if (file == null) {
                return new Report(0, "refused", "the scenario's files are gone; activate it again");
            }
            Report failed = gears.start(file, login);
            if (failed == null) {
                runningHash = hash;
                reason = "";
            }
            agent.tellSoon();
            return failed;
        } catch (IOException unreadable) {
            return new Report(0, "refused", "the scenario's files cannot be read: " + unreadable.getMessage());
        }
    }

    /** Does what an operator wants. */
    Outcome order(Order order) {
        remember(memory.heard(order.atMs()));
        LOG.warn("the mixer orders: {} {}", order.word(), order.value());
        return switch (order.word()) {
            case Order.KILL -> {
                hold(Order.KILL);
                gears.stop();
                runningHash = "";
                agent.tellSoon();
                yield new Outcome(true, "the gears are stopped; what was in flight has no outcome");
            }
            case Order.DRAIN -> {
                hold(Order.DRAIN);
                yield new Outcome(true, "draining");
            }
            case Order.RESUME -> resume();
            case Order.CLOSE -> close(order.value());
            default -> level(order.value());
        };
    }

    private Outcome resume() {
        if (memory.held().equals(SUSPENDED)) {
            return new Outcome(false, "the rack is suspended; activate it");
        }
        remember(memory.hold(""));
        retryAtMs = 0;
        return new Outcome(true, memory.scenario().isEmpty() ? "there is no scenario to run yet" : "starting again");
    }

    private Outcome close(String name) {
        OptionalLong connection = ConnectionName.parse(name);
        RackRun run = gears.run();
        if (connection.isEmpty()) {
            return new Outcome(false, "this names no connection; write it as the log does, such as 0.0.12.3");
        }
        if (run == null) {
            return new Outcome(false, "nothing runs");
        }
        run.supervisor().bank().signal(new Signal.ConnClose(connection.getAsLong(), "operator"));
        return new Outcome(true, "asked the gear that owns it to close it");
    }

    private Outcome level(String level) {
        if (!Order.LEVELS.contains(level)) {
            return new Outcome(false, "levels are " + String.join(", ", Order.LEVELS));
        }
        log.level(level);
        return new Outcome(true, "logs at " + level + " until the rack is started again");
    }

    /** Keeps the gears from running, over restarts too. */
    void hold(String why) {
        if (!memory.held().equals(why)) {
            remember(memory.hold(why));
        }
    }

    /** Lets the gears run, if that is what held them. */
    void release(String why) {
        if (memory.held().equals(why)) {
            remember(memory.hold(""));
            retryAtMs = 0;
        }
    }

    /** Drains and stops, at the end of the process; whether everything in flight got its outcome. */
    boolean end() {
        return gears.end();
    }

    /** Stops at once. */
    void stop() {
        gears.stop();
    }

    Heartbeat.Builder heartbeat() {
        return Agent.heartbeat(identity, version, view());
    }

    private View view() {
        RackRun run = gears.run();
        Scenario scenario = run == null ? null : run.supervisor().plan().scenario();
        boolean changing = underWay != null;
        String state =
                run != null ? run.supervisor().state().word() : memory.held().isEmpty() ? "waiting" : "held";
        String why = run != null ? run.supervisor().reason() : memory.held().isEmpty() ? waitingFor() : memory.held();
        return new View(
                state,
                why,
                scenario == null ? "" : scenario.name(),
                scenario == null ? "" : scenario.version(),
                runningHash,
                inFlight(run),
                changing ? underWay.activation() : memory.activation(),
                changing ? Heartbeat.UNDER_WAY : memory.outcome(),
                changing ? "" : memory.text(),
                run == null ? 0 : run.supervisor().uptimeNs() / NS_PER_SECOND,
                run == null ? 0 : Math.max(0, run.port()));
    }

    private String waitingFor() {
        return memory.scenario().isEmpty() && reason.isEmpty() ? "for a scenario" : reason;
    }

    private static long inFlight(RackRun run) {
        if (run == null || run.supervisor().state() == RackState.STOPPED) {
            return 0;
        }
        return run.supervisor()
                .inFlight()
                .otherwise(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void remember(AgentMemory now) {
        memory = now;
        try {
            now.write(memoryFile);
        } catch (PassportException unwritten) {
            LOG.error("{}; after a restart the rack does what it did before", unwritten.getMessage());
        }
    }
}
