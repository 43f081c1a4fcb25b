package io.fluxrig.engine.agent;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeFolders;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.rack.api.RackPassport;
import io.fluxrig.engine.rack.change.RackReload;
import io.fluxrig.engine.rack.change.RackReload.Ended;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.process.RackHost;
import io.fluxrig.engine.rack.process.RackRun;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.scenario.SpecMemory;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.journal.store.JournalException;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gears of a rack that a mixer leads: none, or one run. The agent's thread only, but for {@link #run}, which any thread may look
 * at.
 */
final class GearsRun {
    private static final Logger LOG = LoggerFactory.getLogger(GearsRun.class);

    private final AgentOptions options;
    private final NodeConfig config;
    private final String rack;
    private final RackHost host;
    private final RackLog log;
    private final RackPassport passport;
    private final BooleanSupplier asked;
    private final SpecMemory memory = new SpecMemory();
    private volatile RackRun run;
    /** How many are left at the end of the drain that is under way; null for none. */
    private Future<Integer> drain;
    /** Whether the process ends, which tells of its drain itself. */
    private volatile boolean ending;

    /** @param asked whether the process was asked to end: nothing starts any more, and what breaks of that is told in one line; any thread */
    GearsRun(
            AgentOptions options,
            NodeConfig config,
            String rack,
            RackHost host,
            RackLog log,
            RackPassport passport,
            BooleanSupplier asked) {
        this.asked = asked;
        this.options = options;
        this.config = config;
        this.rack = rack;
        this.host = host;
        this.log = log;
        this.passport = passport;
    }

    /** What runs now, null for nothing. */
    RackRun run() {
        return run;
    }

    /** Whether nothing starts any more. */
    boolean endsSoon() {
        return asked.getAsBoolean();
    }

    /** Whether what runs has run for as long as a change is on trial. */
    boolean hasProvenItself() {
        return run.supervisor().uptimeNs() >= config.durationNs(NodeKeys.RACK_RELOAD_TRIAL);
    }

    boolean draining() {
        return drain != null;
    }

    /**
     * Loads, checks and starts a scenario; nothing runs before.
     *
     * @param login to NATS, null for none
     * @return null if it runs; else an outcome that says why not
     */
    Ended start(Path file, BusLogin login) {
        if (endsSoon()) {
            return given(file, "");
        }
        Ended failed = tryStart(file, login);
        return failed == null || !endsSoon() ? failed : given(file, failed.text());
    }

    /** A start that ends as the process does. */
    private static Ended given(Path file, String why) {
        LOG.info("{} is not started: the rack was asked to stop{}", file, why.isEmpty() ? "" : " (" + why + ")");
        return new Ended(false, "refused", "the rack was asked to stop");
    }

    private Ended tryStart(Path file, BusLogin login) {
        try {
            Faults faults = new Faults();
            RackPlan plan = told(file, faults);
            if (plan == null) {
                return badConfig(faults);
            }
            RackRun made = host.open(plan, log, login, passport);
            Ended failed = begin(made);
            if (failed == null) {
                run = made;
                options.out().println(MaskingText.scrub(made.ready()));
                options.out().flush();
            }
            return failed;
        } catch (JournalException unusable) {
            return new Ended(false, "refused", unusable.getMessage());
        } catch (RuntimeException | Error broken) {
            return endsSoon() ? refused("it broke off: " + broken) : broke(file, "it does not start: ", broken);
        }
    }

    private static Ended refused(String text) {
        return new Ended(false, "refused", MaskingText.scrub(text));
    }

    /** An error, too: a class that is missing is missing at each start, and ended the process at each. */
    private static Ended broke(Path file, String what, Throwable broken) {
        LOG.error("{}: {}", file, what, broken);
        return new Ended(false, "refused", MaskingText.scrub(what + broken + "; see the rack's log"));
    }

    /** A run that does not start lets go of its journals and its port, whatever went wrong, or it would be in the way of the next. */
    private static Ended begin(RackRun made) {
        boolean started = false;
        try {
            made.start();
            started = true;
            return null;
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause();
            return new Ended(false, "refused", cause.getMessage() == null ? cause.toString() : cause.getMessage());
        } finally {
            if (!started) {
                made.close();
            }
        }
    }

    /** Loads and checks a scenario, and starts nothing; null if it is good, else an outcome that says why not. */
    Ended check(Path file) {
        try {
            Faults faults = new Faults();
            return told(file, faults) == null ? badConfig(faults) : null;
        } catch (RuntimeException | Error broken) {
            return broke(file, "it cannot be checked: ", broken);
        }
    }

    /** The plan if it is good, else null; the log has what is wrong. */
    private RackPlan told(Path file, Faults faults) {
        RackPlan plan = plan(file, faults);
        faults.all().forEach(fault -> tell(fault));
        return faults.hasErrors() ? null : plan;
    }

    private static Ended badConfig(Faults faults) {
        return new Ended(false, "bad_config", summary(faults));
    }

    /** Changes what runs to a scenario, on a thread of its own; how that ended goes to the listener, on that thread. */
    void change(Path file, Consumer<Ended> ended) {
        RackReload change = new RackReload(file, loader(), run.supervisor().changes());
        Thread thread = new Thread(() -> ended.accept(ending(change::change)), "scenario-change");
        thread.setDaemon(true);
        thread.start();
    }

    /** How a change ended, also one that broke: who is not told waits for ever. */
    static Ended ending(Supplier<Ended> change) {
        try {
            return change.get();
        } catch (RuntimeException | Error broken) {
            LOG.error("a change of scenario broke", broken);
            return new Ended(
                    false, "refused", MaskingText.scrub("the change broke: " + broken + "; see the rack's log"));
        }
    }

    /** Begins to drain; the listener is called on an event loop when it ended. */
    void drain(Runnable drained) {
        drain = run.supervisor().drain();
        drain.onComplete(ended -> {
            if (!ending && !(ended.succeeded() && ended.result() == 0)) {
                tellLeft(ended.succeeded() ? Integer.toString(ended.result()) : "an unknown number");
            }
            drained.run();
        });
    }

    private static void tellLeft(String count) {
        LOG.warn(
                "drain ended at rack.drain_timeout with {} in flight: their terminals were told nothing, their issuers may have"
                        + " approved them",
                count);
    }

    /** Stops whatever runs, at once. */
    void stop() {
        RackRun stopped = run;
        run = null;
        drain = null;
        if (stopped != null) {
            stopped.close();
        }
    }

    /** Drains, or waits for the drain that is under way, and stops, at the end of the process. */
    boolean end() {
        ending = true;
        boolean whole = run == null || (drain == null ? run.drain() : run.awaitDrain(drain));
        stop();
        return whole;
    }

    private RackPlan plan(Path file, Faults faults) {
        ScenarioLoad load = loader().load(file);
        load.faults().forEach(faults::add);
        RackPlan plan = load.ok() ? RackPlan.of(load.scenario(), rack, faults) : null;
        if (plan != null) {
            RackHost.check(plan, config, faults);
            boolean durable = plan.strips().wires().stream().anyMatch(WirePlan::durable);
            NodeFolders.check(config, durable, Severity.ERROR, faults);
        }
        return plan;
    }

    private ScenarioLoader loader() {
        ArtefactStore own = new ArtefactStore(config.artefacts(), InstantSource.system());
        return new ScenarioLoader(options.gears(), options.environment()::get, own, memory);
    }

    private static void tell(Fault fault) {
        if (fault.isError()) {
            LOG.error("{}", fault);
        } else {
            LOG.warn("{}", fault);
        }
    }

    private static String summary(Faults faults) {
        List<Fault> errors = faults.all().stream().filter(Fault::isError).toList();
        return errors.get(0) + (errors.size() > 1 ? " (and " + (errors.size() - 1) + " more, in the rack's log)" : "");
    }
}
