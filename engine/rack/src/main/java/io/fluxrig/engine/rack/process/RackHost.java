package io.fluxrig.engine.rack.process;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.rack.api.RackMixer;
import io.fluxrig.engine.rack.api.RackPassport;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.wire.RackJournals;
import io.fluxrig.engine.rack.wire.RackKeys;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.journal.store.JournalException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What the process of a rack that a mixer leads has, in which one plan may run after another: the event loops. Made and closed by one
 * thread; closes before the log does, and when no run is left.
 */
public final class RackHost implements AutoCloseable {
    private final NodeConfig config;
    private final VertxStart start;
    private final RackKeys keys;
    private volatile RackMixer mixer = RackMixer.UNKNOWN;

    private RackHost(NodeConfig config, VertxStart start) {
        this.config = config;
        this.start = start;
        this.keys = new RackKeys(config, true, InstantSource.system());
    }

    /** For a rack that a mixer leads: begins to set up the event loops, and returns at once. */
    public static RackHost of(NodeConfig config) {
        return new RackHost(config, VertxStart.of(config));
    }

    /** The mixer that leads the rack; before a run is opened. */
    public void mixer(RackMixer leading) {
        mixer = leading;
    }

    /** The keys that each run seals with. */
    public RackKeys keys() {
        return keys;
    }

    /** Whether the node's configuration has what the plan needs; the faults say what is missing. */
    public static void check(RackPlan plan, NodeConfig config, Faults faults) {
        RackJournals.check(plan, config, faults);
    }

    /**
     * A run of the plan, its journals open; to be started, and closed before the next is opened.
     *
     * @param login whose login to NATS is used where the configuration names no credentials; null for none
     * @param passport which the run shows to those who look after it
     * @throws JournalException if a journal cannot be used; the text is for the operator
     */
    public RackRun open(RackPlan plan, RackLog log, BusLogin login, RackPassport passport) throws JournalException {
        start.tellWhatCannotSpin(config);
        Path data = Path.of(config.text(NodeKeys.BASE_DATA_DIR));
        RackRun run = RackRun.open(start.vertx(), config, plan, log, start.spinning(), data, keys, login);
        boolean led = false;
        try {
            run.led(passport, mixer);
            led = true;
            return run;
        } finally {
            if (!led) {
                run.close();
            }
        }
    }

    @Override
    public void close() {
        start.close();
    }
}
