package io.fluxrig.engine.rack;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.config.NodeFolders;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.config.Quantity;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.log.LogOptions;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.metrics.ProcessMetrics;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.strip.SpinningEpoll;
import io.fluxrig.engine.strip.StripPlan.WirePlan;
import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.journal.JournalException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a rack process, from its files to its exit code: read and check everything, start, say what is ready, wait to
 * be asked to stop, drain, stop. Knows no command line; who calls {@link #run} wires SIGTERM to {@link #stop}.
 */
public final class RackProcess {
    /** Exit code after a complete run. */
    public static final int DONE = 0;

    /** Exit code if something did not start or the drain left something behind. */
    public static final int FAILED = 1;

    /** Exit code if a file is wrong ({@code EX_CONFIG}). */
    public static final int BAD_CONFIG = 78;

    private static final long SECOND_NS = 1_000_000_000L;

    /** Gears stop at once; those of an event loop that broke would be waited for without an end. */
    private static final long STOP_SECONDS_MAX = 30;

    private static final Logger LOG = LoggerFactory.getLogger(RackProcess.class);

    private final RackOptions options;
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    /** Null until it drains. */
    private volatile RackSupervisor draining;
    /** Null until the rack runs, and once it is asked to stop. */
    private volatile RackReload reload;

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

    /** Runs the rack until {@link #stop}; the exit code. Blocks; not on an event loop. */
    public int run() {
        NodeConfigLoad node = NodeConfigLoader.load(options.nodeFile(), options.environment(), options.flags());
        tell(node.faults());
        if (!node.ok()) {
            load(null); // for its faults, so that both files can be mended at once
            return BAD_CONFIG;
        }
        try (VertxStart start = VertxStart.of(node.config())) {
            return withNode(node.config(), start);
        }
    }

    private int withNode(NodeConfig config, VertxStart start) {
        ScenarioLoad load = load(artefacts(config));
        if (!load.ok()) {
            return BAD_CONFIG;
        }
        Faults faults = new Faults();
        RackPlan plan = RackPlan.of(load.scenario(), config.text(NodeKeys.RACK_NAME), faults);
        if (plan != null) {
            RackSnake.check(plan, config, faults);
        }
        if (plan == null || faults.hasErrors()) {
            tell(faults.all());
            return BAD_CONFIG;
        }
        boolean durable = plan.strips().wires().stream().anyMatch(WirePlan::durable);
        NodeFolders.check(config, durable, Severity.ERROR, faults);
        if (faults.hasErrors()) {
            tell(faults.all());
            return BAD_CONFIG;
        }
        return withData(config, plan, start);
    }

    private static ArtefactStore artefacts(NodeConfig config) {
        return new ArtefactStore(config.artefacts(), InstantSource.system());
    }

    private ScenarioLoad load(ArtefactStore artefacts) {
        ScenarioLoad load =
                new ScenarioLoader(options.gears(), options.environment()::get, artefacts).load(options.scenario());
        tell(load.faults());
        if (!load.notChecked().isEmpty()) {
            options.err().println(options.scenario() + ": " + load.notCheckedLine());
        }
        return load;
    }

    private int withLog(NodeConfig config, RackPlan plan, VertxStart start) {
        LogOptions logging = LogOptions.from(config);
        int exit;
        try (RackLog log = RackLog.start(logging)) {
            exit = withVertx(config, plan, log, start);
        } catch (IOException noFile) {
            return unwritable(config, NodeKeys.LOGGING_FILE, logging.file(), noFile);
        }
        if (failure != null) { // behind everything that the log had to say
            options.err().println("fluxrig: " + failure);
        }
        return exit;
    }

    /** Nothing is held where nothing is written. */
    private int withData(NodeConfig config, RackPlan plan, VertxStart start) {
        if (config.text(NodeKeys.LOGGING_FILE).isEmpty()) {
            return withLog(config, plan, start);
        }
        Path data = Path.of(config.text(NodeKeys.BASE_DATA_DIR));
        DataFolder folder;
        try {
            folder = DataFolder.hold(data);
        } catch (IOException unusable) {
            return unwritable(config, NodeKeys.BASE_DATA_DIR, data, unusable);
        } catch (RackStartException taken) {
            options.err().println("fluxrig: " + taken.getMessage());
            return FAILED;
        }
        try {
            return withLog(config, plan, start);
        } finally {
            folder.close();
        }
    }

    /** What the check before did not see: a full disk, a file that came in between. */
    private int unwritable(NodeConfig config, String key, Path path, IOException why) {
        tell(List.of(NodeFolders.fault(config, key, path, FileReason.of(why), Severity.ERROR)));
        return BAD_CONFIG;
    }

    /** Vert.x closes before the log does. */
    private int withVertx(NodeConfig config, RackPlan plan, RackLog log, VertxStart start) {
        try (start) {
            if (config.flag(NodeKeys.RACK_BUSY_WAIT) && start.spinning() == null) {
                LOG.warn(
                        "{} has no effect: only epoll can spin (Linux, rack.native_transport = true)",
                        NodeKeys.RACK_BUSY_WAIT);
            }
            return live(start.vertx(), config, plan, log, start.spinning());
        }
    }

    private int live(Vertx vertx, NodeConfig config, RackPlan plan, RackLog log, SpinningEpoll spinning) {
        LOG.info(
                "node file: {}",
                options.nodeFile() == null ? "none (no config/rack.toml in this folder)" : options.nodeFile());
        String shortage = DescriptorDemand.shortage(DescriptorDemand.of(plan), DescriptorDemand.limit());
        if (shortage != null) {
            LOG.warn("{}", shortage);
        }
        RackMetrics metrics = new RackMetrics();
        ProcessMetrics.register(metrics);
        metrics.counter("log_dropped_total", "Log lines dropped because the queue was full.", log::dropped);
        metrics.counter("log_file_lost_total", "Times the log file was found moved or removed.", log::fileLost);
        try (RackJournals journals =
                RackJournals.open(plan, config, RackSupervisor.stripCount(config), metrics, Clock.system())) {
            RackSupervisor supervisor = new RackSupervisor(vertx, plan, config, metrics, Clock.system(), journals);
            return serve(vertx, config, plan, new RackApi(vertx, supervisor, metrics), supervisor, spinning);
        } catch (JournalException unusable) {
            LOG.error("{}", unusable.getMessage());
            options.err().println("fluxrig: " + unusable.getMessage());
            return FAILED;
        }
    }

    private int serve(
            Vertx vertx,
            NodeConfig config,
            RackPlan plan,
            RackApi api,
            RackSupervisor supervisor,
            SpinningEpoll spinning) {
        try {
            int port = listen(api, config);
            await(supervisor.start());
            if (spinning != null) {
                await(supervisor.onStrips(spinning::spin));
            }
            options.out().println(MaskingText.scrub(ready(vertx, config, plan, port, spinning != null)));
            options.out().flush();
            reload = new RackReload(options, artefacts(config), supervisor);
            stopAsked.await();
            reload = null;
            return end(supervisor);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return FAILED;
        } catch (CompletionException failed) {
            failure = failed.getCause().getMessage();
            LOG.error(RackLog.FILE_ONLY, "{} did not start: {}", plan.title(), failure);
            return FAILED;
        } finally {
            supervisor
                    .stop()
                    .eventually(() -> api.close())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .completeOnTimeout(null, STOP_SECONDS_MAX, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static int listen(RackApi api, NodeConfig config) {
        if (!config.flag(NodeKeys.TELEMETRY_ENABLED)) {
            return -1;
        }
        Address bind = Address.parse(config.text(NodeKeys.TELEMETRY_BIND)).orElseThrow();
        return await(api.listen(bind));
    }

    private int end(RackSupervisor supervisor) {
        int before = await(supervisor.inFlight());
        LOG.info(
                "asked to stop: draining, {} in flight, for {} at most (rack.drain_timeout); new requests are declined",
                before,
                Quantity.durationText(supervisor.drainTimeoutNs()));
        Future<Integer> drained = supervisor.drain();
        draining = supervisor;
        int left = await(drained);
        if (left > 0) {
            LOG.warn(
                    "drain ended at rack.drain_timeout with {} of {} in flight: their terminals were told nothing,"
                            + " their issuers may have approved them",
                    left,
                    before);
            return FAILED;
        }
        if (before == 0) {
            LOG.info("drained: nothing was in flight");
        } else {
            LOG.info("drained: {} in flight when asked, each answered or declined since", before);
        }
        return DONE;
    }

    private static String ready(Vertx vertx, NodeConfig config, RackPlan plan, int port, boolean spinning) {
        String transport = vertx.isNativeTransportEnabled() ? "epoll" : "nio";
        StringBuilder line = new StringBuilder(160);
        line.append("fluxrig: ")
                .append(plan.title())
                .append(" runs ")
                .append(plan.scenario().name());
        line.append(' ').append(plan.scenario().version());
        int strips = RackSupervisor.stripCount(config);
        line.append(" (")
                .append(strips)
                .append(strips == 1 ? " strip, " : " strips, ")
                .append(transport)
                .append(spinning ? ", busy-waiting)" : ")");
        String sockets = RackSockets.describe(plan);
        if (!sockets.isEmpty()) {
            line.append("; ").append(sockets);
        }
        if (port >= 0) {
            String host = Address.parse(config.text(NodeKeys.TELEMETRY_BIND))
                    .orElseThrow()
                    .host();
            line.append("; status on http://").append(new Address(host.isEmpty() ? "localhost" : host, port));
        }
        return line.toString();
    }

    private void tell(List<Fault> faults) {
        faults.forEach(fault -> options.err().println(fault));
    }

    /** The future's result; what it failed with is the cause of the {@link CompletionException}. */
    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
