package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.bus.PushLine;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.enrol.Logins;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that each rack runs the version of a scenario that it should: what a rack should run is sent to it when that is
 * decided, and again at a heartbeat that shows that it has not got it. Desk only.
 */
public final class Scenarios {
    private static final Logger LOG = LoggerFactory.getLogger(Scenarios.class);

    private final Registry registry;
    private final ScenarioVersions versions;
    private final WireGrants grants;
    private final WayBack back;
    private final ActivationOutcomes outcomes;
    private final ScenarioSender sender;
    private final Decisions decisions;

    /**
     * @param pushAgainNs how long a rack may say nothing to what it was sent, before it is sent again
     * @param clockNs rises evenly, whatever is done to the machine's clock
     * @param damaged hears of an activation that ended because its files are
     */
    public Scenarios(
            Registry registry,
            ScenarioVersions versions,
            PushLine line,
            Logins logins,
            long pushAgainNs,
            InstantSource clock,
            LongSupplier clockNs,
            Consumer<ActivationEntry> damaged) {
        this.registry = registry;
        this.versions = versions;
        this.grants = new WireGrants(registry, versions, logins);
        this.back = new WayBack(registry, versions);
        this.outcomes = new ActivationOutcomes(registry, grants, clock);
        this.sender = new ScenarioSender(
                registry, versions, grants, outcomes, line, logins, pushAgainNs, clock, clockNs, damaged);
        this.decisions = new Decisions(registry, versions, grants, sender, line, logins, clock);
    }

    /**
     * Has racks run a version: that is kept when this returns, and sent by {@link Rollout#goOn}.
     *
     * @param racks names; empty for those that the scenario declares
     * @throws RefusedException if one has not said hello, and the scenario does not declare it either, or its files are damaged
     */
    public Rollout activate(ScenarioEntry scenario, List<String> racks, boolean restart, String who)
            throws RefusedException {
        return decisions.keep(List.of(decisions.about(scenario, racks)), restart, who, "scenario.activate");
    }

    /**
     * Has racks run again what they ran well before what they should run now; of several versions all are kept, or none.
     *
     * @param racks names; empty for those that run that scenario now
     * @param restart as of {@link #activate}
     */
    public Rollout rollBack(String name, List<String> racks, boolean restart, String who) throws RefusedException {
        List<Decisions.Decision> all = new ArrayList<>();
        for (Map.Entry<ScenarioEntry, List<String>> each : back.of(name, racks).entrySet()) {
            all.add(decisions.about(each.getKey(), each.getValue()));
        }
        return decisions.keep(all, restart, who, "scenario.rollback");
    }

    /** What racks would go back to; refused where {@link #rollBack} is, and changes nothing. */
    public Map<ScenarioEntry, List<String>> wayBack(String name, List<String> racks) throws RefusedException {
        Map<ScenarioEntry, List<String>> all = back.of(name, racks);
        for (Map.Entry<ScenarioEntry, List<String>> each : all.entrySet()) {
            decisions.about(each.getKey(), each.getValue());
        }
        return all;
    }

    /**
     * What a rack said of itself: writes down what came of an activation, and sends what the rack has not got.
     *
     * @return whether something that was not written down came of its activation
     */
    public boolean heard(RackEntry rack, Heartbeat heartbeat) {
        sender.hasKey(rack.name(), heartbeat.wireKey());
        ActivationEntry wanted = registry.wanted(rack.name());
        if (wanted == null || !rack.standing().equals(Standing.ACTIVE)) {
            return false;
        }
        grants.allowUntold(rack.name());
        if (heartbeat.activation() == wanted.id()) {
            return outcomes.heard(rack, heartbeat, wanted);
        }
        boolean behind = heartbeat.activation() < wanted.id();
        sender.sendIfDue(behind ? outcomes.heardOfBefore(rack, heartbeat, wanted) : wanted);
        return false;
    }

    /**
     * What a rack may do on the wires between racks: what it should run, and what it may be running until it has said that it does,
     * have it do. Nothing where that cannot be told now; at the rack's next heartbeat it is tried again.
     */
    public WireRights rights(String rack) {
        return grants.now(rack).orElse(WireRights.NONE);
    }

    /** What a rack was sent before it said hello it may never have heard: it is sent it at its next heartbeat, if that shows so. */
    public void greeted(String rack) {
        sender.greeted(rack);
    }

    /** Forgets what a rack was sent. */
    public void forget(String rack) {
        sender.forget(rack);
        outcomes.forget(rack);
        grants.forget(rack);
    }

    /** Whether the scenario that a rack is to run declares it by its name. */
    public boolean declares(String rack) {
        ActivationEntry wanted = registry.wanted(rack);
        if (wanted == null) {
            return false;
        }
        try {
            return versions.outline(versions.find(wanted.scenario(), wanted.version()))
                    .racks()
                    .contains(rack);
        } catch (RefusedException damaged) {
            LOG.error("whether rack {} is declared cannot be told: {}", rack, damaged.getMessage());
            return false;
        }
    }
}
