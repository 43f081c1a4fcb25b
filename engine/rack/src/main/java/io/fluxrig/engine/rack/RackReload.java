package io.fluxrig.engine.rack;

import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a rack's scenario again, with every file that it names, and has the rack change to it. What cannot be used changes
 * nothing. Reads on a thread of its own, one at a time.
 */
final class RackReload {
    private static final Logger LOG = LoggerFactory.getLogger(RackReload.class);

    private final RackOptions options;
    private final RackSupervisor supervisor;

    RackReload(RackOptions options, RackSupervisor supervisor) {
        this.options = options;
        this.supervisor = supervisor;
    }

    /** Any thread; returns at once. */
    void start() {
        Thread thread = new Thread(this::read, "reload");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void read() {
        LOG.info("asked to reload: reading {}", options.scenario());
        try {
            RackPlan wanted = plan();
            if (wanted != null) {
                supervisor
                        .changes()
                        .change(wanted)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
            }
        } catch (RuntimeException e) {
            LOG.error("reload of {} failed", options.scenario(), e);
            supervisor.changes().refuse("reading the scenario failed: " + e + "; what ran before runs on");
        }
    }

    private RackPlan plan() {
        ScenarioLoad load = new ScenarioLoader(options.gears(), options.environment()::get).load(options.scenario());
        tell(load.faults());
        if (!load.ok()) {
            refuse(load.faults());
            return null;
        }
        Faults faults = new Faults();
        RackPlan wanted = RackPlan.of(load.scenario(), supervisor.plan().rack(), faults);
        tell(faults.all());
        if (wanted == null || faults.hasErrors()) {
            refuse(faults.all());
            return null;
        }
        return wanted;
    }

    private void refuse(List<Fault> faults) {
        List<Fault> errors = faults.stream()
                .filter(fault -> fault.severity() == Severity.ERROR)
                .toList();
        supervisor
                .changes()
                .badConfig(
                        errors.get(0) + (errors.size() > 1 ? " (and " + (errors.size() - 1) + " more, in the log)" : "")
                                + "; what ran before runs on");
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
