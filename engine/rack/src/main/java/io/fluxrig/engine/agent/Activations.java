package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.rack.change.RackReload;
import io.fluxrig.engine.rack.change.RackReload.Ended;
import io.fluxrig.engine.rack.process.RackRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a mixer sends a rack to run, one after the other: a change of what runs, a start where nothing does, or kept where nothing may; what
 * came of each is remembered and told. The agent's thread only.
 *
 * <pre>
 *   sent -- something runs --> changes it -- changed, refused, unproven ...
 *     | '-- what runs drains, or is to (restart) --> waits for its end --> starts
 *     |---- nothing runs ---------------------------------------------> starts -- changed, refused
 *     '---- nothing may ---> kept
 *   sent while one is under way: the last of those waits for its end
 * </pre>
 */
final class Activations {
    private static final Logger LOG = LoggerFactory.getLogger(Activations.class);

    private final AgentWork work;
    private final AgentWork.Host agent;
    private final GearsRun gears;
    private final ScenarioFolder scenarios;
    private final MemoryFile memory;
    private final Attempts attempts;
    /** The one that is under way, null for none. */
    private ScenarioPush underWay;
    /** Hash of the bundle that the one under way goes to. */
    private String wantedHash = "";
    /** The run whose end the one under way waits for, null if it waits for none. */
    private RackRun ending;
    /** The last one that came meanwhile, null for none. */
    private ScenarioPush next;
    /** Whether the one under way is of a rack that was removed since. */
    private boolean forgotten;

    Activations(
            AgentWork work,
            AgentWork.Host agent,
            GearsRun gears,
            ScenarioFolder scenarios,
            MemoryFile memory,
            Attempts attempts) {
        this.work = work;
        this.agent = agent;
        this.gears = gears;
        this.scenarios = scenarios;
        this.memory = memory;
        this.attempts = attempts;
    }

    /** The one that is under way, null for none. */
    ScenarioPush underWay() {
        return underWay;
    }

    /** Whether one waits for the end of the one before. */
    boolean hasNext() {
        return next != null;
    }

    /** A scenario came. */
    void push(ScenarioPush push) {
        memory.heard(push.epoch(), push.atMs());
        if (push.activation() <= memory.now().activation()) {
            agent.tellSoon();
        } else if (underWay != null) {
            next = push.activation() > underWay.activation() ? push : next;
        } else {
            begin(push);
        }
    }

    private void begin(ScenarioPush push) {
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
            isUnderWay(push, hash);
            attempts.begin(push);
            gears.change(file, report -> agent.mustDo(() -> changed(run, push, report)));
        } else if (!work.whyIdle().isEmpty()) {
            attempts.begin(push); // until it has run
            ended(push, kept(file), hash);
        } else if (run != null) {
            isUnderWay(push, hash);
            ending = run;
        } else {
            attempts.begin(push);
            Ended failed = work.start(hash);
            if (failed == null || !gears.endsSoon()) { // else its mixer sends it again
                ended(push, failed == null ? begun(push) : failed, hash);
            }
        }
    }

    private void isUnderWay(ScenarioPush push, String hash) {
        underWay = push;
        wantedHash = hash;
        agent.tellSoon();
    }

    private Ended begun(ScenarioPush push) {
        String stranded = gears.run().supervisor().stranded();
        return new Ended(
                true,
                "changed",
                push.name() + " " + push.version() + " runs" + (stranded.isEmpty() ? "" : "; " + stranded));
    }

    private Ended kept(Path file) {
        Ended bad = gears.check(file);
        return bad == null ? new Ended(true, Heartbeat.KEPT, "until the rack runs again: " + work.whyIdle()) : bad;
    }

    /** @param run the one that was to change; what runs by now may be another */
    private void changed(RackRun run, ScenarioPush push, Ended report) {
        boolean unproven = report.outcome().equals(RackReload.UNPROVEN); // begun anew it would be on no trial
        if (gears.run() != run && !unproven) {
            again(push);
            return;
        }
        if (report.outcome().equals("refused") && push.restart()) {
            LOG.info(
                    "it cannot be changed to while the rack runs ({}): draining, to start again with it",
                    report.text());
            ending = run;
            if (!gears.draining()) {
                work.drain();
            }
            return;
        }
        if (report.ok()) {
            work.runs(wantedHash);
        }
        ended(push, report, wantedHash);
        goOn();
    }

    /** A run has ended; it may be the one that what is under way waits for. */
    void drained(RackRun run) {
        if (underWay != null && ending == run) {
            again(underWay);
        }
    }

    /** Goes to a scenario from whatever runs now: what ran when it came has ended. */
    private void again(ScenarioPush push) {
        underWay = null;
        ending = null;
        begin(push);
        if (underWay == null) {
            goOn();
        }
    }

    /** After a turn, which tells the mixer what came of the one before: that runs where the next is refused. */
    private void goOn() {
        agent.mustDo(() -> {
            ScenarioPush waiting = next;
            next = null;
            if (waiting != null) {
                push(waiting);
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
        if (report.ok()) {
            work.isFine();
        } else {
            attempts.cameToNothing(push.activation());
            LOG.error(
                    "activation {} of {} {}: {}: {}",
                    ScenarioPush.shown(push.activation()),
                    push.name(),
                    push.version(),
                    report.outcome(),
                    text);
        }
        String left = scenarios.forgetAllBut(
                new HashSet<>(List.of(memory.now().scenario(), work.runningHash(), attempts.before())));
        if (!left.isEmpty()) {
            LOG.warn("{}", left);
        }
        agent.tellSoon();
    }

    /** The rack was removed: what it is to run, whoever lets it in again says anew. */
    void forget() {
        next = null;
        forgotten = underWay != null;
    }
}
