package io.fluxrig.engine.rack.process;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.config.NodeFolders;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.rack.RackState;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.change.RackReload;
import io.fluxrig.engine.rack.node.NodeExit;
import io.fluxrig.engine.rack.node.NodeHold;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.wire.RackJournals;
import io.fluxrig.engine.rack.wire.RackKeys;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.scenario.SpecMemory;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.transport.journal.store.JournalException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a rack process, from its files to its exit code: read and check everything, start, say what is ready, wait to
 * be asked to stop, drain, stop. Knows no command line; who calls {@link #run} wires SIGTERM to {@link #stop}.
 */
public final class RackProcess {
    private static final long SECOND_NS = 1_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(RackProcess.class);

    private final RackOptions options;
    private final SpecMemory memory = new SpecMemory();
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    /** Null until it drains. */
    private volatile RackSupervisor draining;
    /** Null until the rack runs, and once it is asked to stop. */
    private volatile RackReload reload;

    private volatile long drainTimeoutNs;

    private String failure;

    public RackProcess(RackOptions options) {
        this.options = options;
    }

    /**
     * Asks {@link #run} to drain and return; any thread, any number of times, also before it runs. Asked again it drains on as
     * before and says in the log how long that may take.
     */
    public void stop() {
        RackSupervisor supervisor = draining;
        if (supervisor != null && supervisor.state() == RackState.DRAINING) {
            tellDrain(supervisor);
        }
        stopAsked.countDown();
    }

    /** How long its drain may take, {@code rack.drain_timeout}; 0 before its files are read, since nothing is in flight. Any thread. */
    public long drainTimeoutNs() {
        return drainTimeoutNs;
    }

    /** Has the rack read its scenario again and change to it; any thread. What comes of it is in the log and in the status. */
    public void reload() {
        RackReload running = reload;
        if (running == null) {
            LOG.warn("asked to reload, and the rack does not run yet, or is asked to stop: nothing was read");
        } else {
            running.start();
        }
    }

    private static void tellDrain(RackSupervisor supervisor) {
        supervisor
                .inFlight()
                .onSuccess(left -> LOG.info(
                        "asked to stop again: the drain goes on, {} in flight, for {} s at most (rack.drain_timeout);"
                                + " kill -9 {} ends it at once and leaves those without an outcome",
                        left,
                        (supervisor.drainLeftNs() + SECOND_NS - 1) / SECOND_NS,
                        ProcessHandle.current().pid()));
    }

    /** Runs the rack until {@link #stop}; the exit code ({@link NodeExit}). Blocks; not on an event loop. */
    public int run() {
        NodeConfigLoad node = NodeConfigLoader.load(options.nodeFile(), options.environment(), options.flags());
        tell(node.faults());
        if (!node.ok()) {
            load(null); // for its faults, so that both files can be mended at once
            return NodeExit.BAD_CONFIG;
        }
        drainTimeoutNs = node.config().durationNs(NodeKeys.RACK_DRAIN_TIMEOUT);
        try (VertxStart start = VertxStart.of(node.config())) {
            return withNode(node.config(), start);
        }
    }

    private int withNode(NodeConfig config, VertxStart start) {
        ScenarioLoad load = load(artefacts(config));
        if (!load.ok()) {
            return NodeExit.BAD_CONFIG;
        }
        Faults faults = new Faults();
        RackPlan plan = RackPlan.of(load.scenario(), config.text(NodeKeys.RACK_NAME), faults);
        if (plan != null) {
            RackJournals.check(plan, config, faults);
        }
        if (plan == null || faults.hasErrors()) {
            tell(faults.all());
            return NodeExit.BAD_CONFIG;
        }
        boolean durable = plan.strips().wires().stream().anyMatch(WirePlan::durable);
        NodeFolders.check(config, durable, Severity.ERROR, faults);
        if (faults.hasErrors()) {
            tell(faults.all());
            return NodeExit.BAD_CONFIG;
        }
        NodeHold hold = new NodeHold(config, options.err());
        boolean writes = durable || hold.logs();
        Path data = writes ? Path.of(config.text(NodeKeys.BASE_DATA_DIR)) : null;
        NodeHold.Work work = log -> withVertx(config, plan, log, start, data);
        int exit = writes ? hold.holding(work) : hold.unheld(work);
        if (failure != null) { // behind everything that the log had to say
            options.err().println("fluxrig: " + failure);
        }
        return exit;
    }

    private static ArtefactStore artefacts(NodeConfig config) {
        return new ArtefactStore(config.artefacts(), InstantSource.system());
    }

    private ScenarioLoader loader(ArtefactStore artefacts) {
        return new ScenarioLoader(options.gears(), options.environment()::get, artefacts, memory);
    }

    private ScenarioLoad load(ArtefactStore artefacts) {
        ScenarioLoad load = loader(artefacts).load(options.scenario());
        tell(load.faults());
        if (!load.notChecked().isEmpty()) {
            options.err().println(options.scenario() + ": " + load.notCheckedLine());
        }
        return load;
    }

    /** Vert.x closes before the log does. */
    private int withVertx(NodeConfig config, RackPlan plan, RackLog log, VertxStart start, Path data) {
        try (start) {
            start.tellWhatCannotSpin(config);
            LOG.info(
                    "node file: {}",
                    options.nodeFile() == null ? "none (no config/rack.toml in this folder)" : options.nodeFile());
            return live(start, config, plan, log, data);
        }
    }

    private int live(VertxStart start, NodeConfig config, RackPlan plan, RackLog log, Path data) {
        RackKeys keys = new RackKeys(config, false, InstantSource.system());
        try (RackRun run = RackRun.open(start.vertx(), config, plan, log, start.spinning(), data, keys, null)) {
            return serve(run, plan, artefacts(config));
        } catch (JournalException unusable) {
            LOG.error(RackLog.FILE_ONLY, "{}", unusable.getMessage());
            failure = unusable.getMessage();
            return NodeExit.FAILED;
        }
    }

    private int serve(RackRun run, RackPlan plan, ArtefactStore artefacts) {
        try {
            run.start();
            options.out().println(MaskingText.scrub(run.ready()));
            options.out().flush();
            reload = new RackReload(
                    options.scenario(), loader(artefacts), run.supervisor().changes());
            stopAsked.await();
            reload = null;
            draining = run.supervisor();
            return run.drain() ? NodeExit.DONE : NodeExit.FAILED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return NodeExit.FAILED;
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause();
            failure = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            LOG.error(RackLog.FILE_ONLY, "{} did not start: {}", plan.title(), failure);
            return NodeExit.FAILED;
        }
    }

    private void tell(List<Fault> faults) {
        faults.forEach(fault -> options.err().println(fault));
    }
}
