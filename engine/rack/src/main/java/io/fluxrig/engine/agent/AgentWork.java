package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.rack.change.RackReload;
import io.fluxrig.engine.rack.change.RackReload.Ended;
import io.fluxrig.engine.rack.process.RackRun;
import io.fluxrig.transport.bus.BusLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a rack that a mixer leads runs: the scenario that it was sent, unless an order holds it. Remembers both over restarts. The
 * agent's thread only.
 */
final class AgentWork {
    private static final Logger LOG = LoggerFactory.getLogger(AgentWork.class);
    private static final long RETRY_MS = 10_000;

    private final Agent agent;
    private final Identity identity;
    private final String version;
    private final GearsRun gears;
    private final ScenarioFolder scenarios;
    private final MemoryFile memory;
    private final Attempts attempts;
    private final InstantSource clock;
    private String runningHash = "";
    private String reason = "";
    private String startRefusal = "";
    private boolean admitted = true; // as far as the mixer goes
    private long retryAtMs;
    /** The activation that is being made, null for none. */
    private ScenarioPush underWay;
    /** What the change under way goes to; what came meanwhile, the last of it. */
    private String wantedHash = "";

    /** The run whose end the change under way waits for, null if it waits for none. */
    private RackRun ending;

    private ScenarioPush next;
    /** Whether the activation that is being made is one of a rack that was removed. */
    private boolean forgotten;

    AgentWork(
            Agent agent,
            Identity identity,
            String version,
            GearsRun gears,
            Path data,
            AgentMemory memory,
            InstantSource clock) {
        this.agent = agent;
        this.identity = identity;
        this.version = version;
        this.gears = gears;
        this.scenarios = new ScenarioFolder(data.resolve("scenarios"));
        this.memory = new MemoryFile(AgentMemory.file(data), memory);
        this.attempts = new Attempts(this.memory, clock);
        this.clock = clock;
    }

    /**
     * Brings what runs in line with what may.
     *
     * @param admitted whether there is a passport: a mixer takes it away, time does not
     * @param notYet why nothing starts at present, empty if it may
     * @param waits whether what ran before waits for a word of the mixer
     */
    void turn(boolean admitted, String notYet, boolean waits, BusLogin login) {
        boolean may = admitted && memory.now().heldBy().isEmpty();
        startRefusal = notYet;
        this.admitted = admitted;
        if (underWay == null && gears.run() == null) {
            attempts.ends();
        } else if (underWay == null && gears.hasProvenItself()) {
            attempts.over();
        }
        if (gears.run() != null && !may && !gears.draining()) {
            drain(login);
        } else if (gears.run() == null
                && may
                && !waits
                && next == null
                && notYet.isEmpty()
                && hasScenario()
                && clock.millis() >= retryAtMs
                && pause().isEmpty()) {
            startLast(login);
        }
    }

    private String pause() {
        return attempts.pause(clock.millis());
    }

    private void startLast(BusLogin login) {
        attempts.beginStart();
        Ended failed = start(memory.now().scenario(), login);
        if (failed != null && gears.endsSoon()) {
            retryAtMs = Long.MAX_VALUE;
        } else if (failed != null) {
            reason = failed.text();
            retryAtMs = clock.millis() + RETRY_MS;
            LOG.error("the last scenario does not start, tried again in {} s: {}", RETRY_MS / 1000, reason);
        } else if (memory.now().outcome().equals(Heartbeat.KEPT)) {
            memory.keep(memory.now()
                    .dealtWith(memory.now().activation(), "changed", "runs, now that nothing holds the rack"));
        }
    }

    void admitted(boolean yes) {
        admitted = yes;
    }

    /** A scenario came. */
    void push(ScenarioPush push, BusLogin login) {
        memory.heard(push.epoch(), push.atMs());
        if (push.activation() <= memory.now().activation()) {
            agent.tellSoon();
        } else if (underWay != null) {
            next = push.activation() > underWay.activation() ? push : next;
        } else {
            begin(push, login);
        }
    }

    private void begin(ScenarioPush push, BusLogin login) {
        LOG.info(
                "the mixer sends scenario {} {}, activation {}",
                push.name(),
                push.version(),
                ScenarioPush.shown(push.activation()));
        String hash;
        Path file;
        try {
            hash = scenarios.unpack(ScenarioBundle.read(push.bundle()), push.bundle());
            file = scenarios.file(hash);
        } catch (IOException unusable) {
            ended(push, new Ended(false, "refused", "the bundle cannot be used: " + unusable.getMessage()), "");
            return;
        }
        RackRun run = gears.run();
        if (run != null && !gears.draining()) {
            underWay = push;
            wantedHash = hash;
            agent.tellSoon();
            attempts.begin(push);
            gears.change(file, report -> agent.mustDo(() -> changed(run, push, report, login)));
        } else if (!memory.now().heldBy().isEmpty() || !admitted || !startRefusal.isEmpty()) {
            attempts.begin(push); // until it has run
            ended(push, kept(file), hash);
        } else if (run != null) {
            underWay = push;
            wantedHash = hash;
            ending = run;
            agent.tellSoon();
        } else {
            attempts.begin(push);
            Ended failed = start(hash, login);
            if (failed == null || !gears.endsSoon()) { // else its mixer sends it again
                ended(push, failed == null ? begun(push) : failed, hash);
            }
        }
    }

    private Ended begun(ScenarioPush push) {
        String stranded = gears.run().supervisor().stranded();
        return new Ended(
                true,
                "changed",
                push.name() + " " + push.version() + " runs" + (stranded.isEmpty() ? "" : "; " + stranded));
    }

    private void drain(BusLogin login) {
        RackRun run = gears.run();
        gears.drain(() -> agent.mustDo(() -> drained(run, login)));
    }

    private Ended kept(Path file) {
        Ended bad = gears.check(file);
        return bad == null ? new Ended(true, Heartbeat.KEPT, "until the rack runs again: " + heldWhy()) : bad;
    }

    private String heldWhy() {
        String unasked = admitted ? startRefusal : "its mixer has it stopped";
        String heldBy = memory.now().heldBy();
        return heldBy.isEmpty() ? unasked : "it is held (" + heldBy + ")";
    }

    /** @param run the one that was to change; what runs by now may be another */
    private void changed(RackRun run, ScenarioPush push, Ended report, BusLogin login) {
        boolean unproven = report.outcome().equals(RackReload.UNPROVEN); // begun anew it would be on no trial
        if (gears.run() != run && !unproven) {
            again(push, login);
            return;
        }
        if (report.outcome().equals("refused") && push.restart()) {
            LOG.info(
                    "it cannot be changed to while the rack runs ({}): draining, to start again with it",
                    report.text());
            ending = run;
            if (!gears.draining()) {
                drain(login);
            }
            return;
        }
        if (report.ok()) {
            runningHash = wantedHash;
        }
        ended(push, report, wantedHash);
        goOn(login);
    }

    /** @param run the one that was drained; it may have been stopped since, and another started */
    private void drained(RackRun run, BusLogin login) {
        if (gears.run() == run) {
            gears.stop();
            runningHash = "";
            agent.tellSoon();
        }
        if (underWay != null && ending == run) {
            again(underWay, login);
        }
    }

    /** Goes to a scenario from whatever runs now: what ran when it came has ended. */
    private void again(ScenarioPush push, BusLogin login) {
        underWay = null;
        ending = null;
        begin(push, login);
        if (underWay == null) {
            goOn(login);
        }
    }

    /** After a turn, which tells the mixer what came of the one before: that runs where the next is refused. */
    private void goOn(BusLogin login) {
        agent.mustDo(() -> {
            ScenarioPush waiting = next;
            next = null;
            if (waiting != null) {
                push(waiting, login);
            }
        });
    }

    private void ended(ScenarioPush push, Ended report, String hash) {
        underWay = null;
        ending = null;
        String again = attempts.again(push.activation());
        String text = report.text() + (again.isEmpty() ? "" : " (" + again + ")");
        if (!forgotten) {
            AgentMemory now = memory.now().dealtWith(push.activation(), report.outcome(), text);
            memory.keep(report.ok() ? now.runs(hash) : now);
        }
        forgotten = false;
        reason = report.ok() ? "" : reason;
        if (!report.ok()) {
            attempts.cameToNothing(push.activation());
            LOG.error(
                    "activation {} of {} {}: {}: {}",
                    ScenarioPush.shown(push.activation()),
                    push.name(),
                    push.version(),
                    report.outcome(),
                    text);
        }
        String left =
                scenarios.forgetAllBut(new HashSet<>(List.of(memory.now().scenario(), runningHash, attempts.before())));
        if (!left.isEmpty()) {
            LOG.warn("{}", left);
        }
        agent.tellSoon();
    }

    private Ended start(String hash, BusLogin login) {
        try {
            Path file = scenarios.file(hash);
            if (file == null) {
                return new Ended(false, "refused", "the scenario's files are gone; activate it again");
            }
            Ended failed = gears.start(file, login);
            if (failed == null) {
                runningHash = hash;
                reason = "";
            }
            agent.tellSoon();
            return failed;
        } catch (IOException unreadable) {
            return new Ended(false, "refused", "the scenario's files cannot be read: " + unreadable.getMessage());
        }
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
        runningHash = "";
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
        next = null;
        forgotten = underWay != null;
        AgentMemory rest = memory.now().forgetsWork();
        if (!rest.equals(memory.now())) {
            memory.keep(rest);
        }
        reason = "";
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
