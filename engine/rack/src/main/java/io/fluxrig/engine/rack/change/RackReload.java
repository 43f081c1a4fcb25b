package io.fluxrig.engine.rack.change;

import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.rack.change.ChangeReport.Outcome;
import io.fluxrig.engine.rack.plan.DescriptorDemand;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.scenario.Unhurried;
import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.perf.sched.CompilersLast;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a rack's scenario again, with every file that it names, and has the rack change to it. What cannot be used changes nothing.
 *
 * <p>One worker, which is there while there is something to do, answers one request at a time, its trial included; however many come
 * meanwhile wait as one, and are answered by one reading, which begins after the last of them.
 */
public final class RackReload {
    private static final Logger LOG = LoggerFactory.getLogger(RackReload.class);
    /** Outcome of a change that was on trial when the rack was stopped, or asked to. */
    public static final String UNPROVEN = Outcome.UNPROVEN.word();

    private static final long IDLE_SECONDS = 1;
    private static final CompilersLast COMPILERS = CompilersLast.ofThisJvm();

    private final Path file;
    private final ScenarioLoader loader;
    private final RackChanges changes;
    /** One reads or is on trial, one may wait. */
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), RackReload::thread);

    private final AtomicBoolean waiting = new AtomicBoolean();

    /**
     * @param file of the scenario
     * @param loader that best remembers what runs
     * @param changes of the rack
     */
    public RackReload(Path file, ScenarioLoader loader, RackChanges changes) {
        this.file = file;
        this.loader = loader;
        this.changes = changes;
        worker.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "reload");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * How a change ended.
     *
     * @param ok whether the scenario that was asked for runs
     * @param outcome one word, as the status shows it
     * @param text what changed, or why it did not, and what to do; for people
     */
    public record Ended(boolean ok, String outcome, String text) {}

    /** Reads and changes; how that ended, its trial included, which the caller says in the log. Blocks; not on an event loop. One thread at a time. */
    public Ended change() {
        changes.askersTell();
        int request = changes.ask();
        LOG.info("asked to change: reading {}", file);
        ChangeReport report = readAndChange(request);
        String next = report.outcome() == Outcome.UNPROVEN
                ? "; what ran before runs once the rack may run, to try again activate it again"
                : "";
        return new Ended(report.ok(), report.outcome().word(), report.text() + next);
    }

    /** Asks for a reload; any thread, returns at once. */
    public void start() {
        changes.ask();
        if (waiting.compareAndSet(false, true)) {
            worker.execute(this::reload);
        }
    }

    private void reload() {
        waiting.set(false);
        int request = changes.asked();
        LOG.info("asked to reload: reading {}", file);
        readAndChange(request);
    }

    private ChangeReport readAndChange(int request) {
        Future<ChangeReport> change = begin(request);
        return change == null
                ? changes.last()
                : change.toCompletionStage().toCompletableFuture().join();
    }

    /** Null, and the request is answered, if what the files say cannot be used. */
    private Future<ChangeReport> begin(int request) {
        try (CompilersLast.Span span = COMPILERS.begin()) {
            if (span.refusal() != null) {
                LOG.debug("the JVM's compilers do not step back: {}", span.refusal());
            }
            RackPlan wanted = read(request);
            return wanted == null ? null : changes.change(request, wanted);
        }
    }

    /** What the files say; null, and the request is answered, if they cannot be used. */
    private RackPlan read(int request) {
        try {
            return plan(request);
        } catch (RuntimeException | Error e) { // whoever asked waits for an answer
            LOG.error("reading {} failed", file, e);
            changes.answer(
                    request,
                    Outcome.REFUSED,
                    MaskingText.scrub("reading the scenario failed: " + e + "; what ran before runs on"));
            return null;
        }
    }

    private RackPlan plan(int request) {
        ScenarioLoad load = loader.load(file, new Unhurried());
        tell(load.faults());
        if (!load.notChecked().isEmpty()) {
            LOG.warn("{}: {}", file, load.notCheckedLine());
        }
        if (!load.ok()) {
            refuse(request, load.faults());
            return null;
        }
        Faults faults = new Faults();
        RackPlan wanted = RackPlan.of(load.scenario(), changes.rack(), faults);
        tell(faults.all());
        if (wanted == null || faults.hasErrors()) {
            refuse(request, faults.all());
            return null;
        }
        String shortage = DescriptorDemand.shortage(wanted);
        if (shortage != null) {
            LOG.warn("{}", shortage);
        }
        return wanted;
    }

    private void refuse(int request, List<Fault> faults) {
        List<Fault> errors = faults.stream()
                .filter(fault -> fault.severity() == Severity.ERROR)
                .toList();
        String more = errors.size() > 1 ? " (and " + (errors.size() - 1) + " more, in the rack's own log)" : "";
        changes.answer(request, Outcome.BAD_CONFIG, errors.get(0) + more + "; what ran before runs on");
    }

    private static void tell(List<Fault> faults) {
        for (Fault fault : faults) {
            if (fault.severity() == Severity.ERROR) {
                LOG.error("{}", fault);
            } else {
                LOG.warn("{}", fault);
            }
        }
    }
}
