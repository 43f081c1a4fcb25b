package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactLostException;
import io.fluxrig.engine.artefact.Artefacts;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.enrol.Logins;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that each rack runs the version of a scenario that it should: what a rack should run is sent to it when that is
 * decided, and again at a heartbeat that shows that it has not got it. Desk only.
 */
public final class Scenarios {
    private static final Logger LOG = LoggerFactory.getLogger(Scenarios.class);
    /** Activations of a rack that are looked at for one that ran well. */
    static final int BEFORE_MAX = 100;

    /** Sent without its rights it would be refused there, and go back. */
    private static final String UNALLOWED =
            "nats-server cannot be told now what it may do there (see the mixer's log); it gets the scenario once that can be";

    private static final String LEFT_OUT =
            "nats-server cannot take its login, as where another rack has the same one (see the mixer's log): it stays out until"
                    + " the rack that should not have it is removed: fluxrig admin racks remove NAME";

    private static final String KEYLESS =
            "it gets the scenario once it has the key of wires between racks; 'fluxrig admin keys list' says whether there is one";

    private static final String AGAIN =
            "the rack does not say any more that it runs it, as where its process ended soon after: it is sent once more";

    /** What a rack says of an activation that may yet come to something else. */
    private static final Set<String> NO_END = Set.of("", Heartbeat.UNDER_WAY, Heartbeat.KEPT);

    private final Registry registry;
    private final ScenarioVersions versions;
    private final RackLine line;
    private final Logins logins;
    private final WireGrants grants;
    private final WayBack back;
    private final Decisions decisions;
    private final InstantSource clock;
    private final long pushAgainMs;
    private final Consumer<ActivationEntry> damaged;
    private final Map<String, Pushed> pushed = new HashMap<>();
    /** Racks that may have a key for wires between racks, as far as they have said. */
    private final Set<String> sealing = new HashSet<>();
    /** Why racks were not sent what they should run, when they were to be sent it last; of those for which that may pass; empty for nothing. */
    private final Map<String, String> held = new HashMap<>();
    /** Racks whose rights could not be told, and why. */
    private final Map<String, String> untold = new HashMap<>();

    /**
     * @param store that the versions lie in
     * @param pushAgainMs how long a rack may say nothing to what it was sent, before it is sent again
     * @param damaged hears of an activation that ended because its files are
     */
    public Scenarios(
            Registry registry,
            Artefacts store,
            ScenarioVersions versions,
            RackLine line,
            Logins logins,
            long pushAgainMs,
            InstantSource clock,
            Consumer<ActivationEntry> damaged) {
        this.registry = registry;
        this.versions = versions;
        this.line = line;
        this.logins = logins;
        this.grants = new WireGrants(registry, store);
        this.back = new WayBack(registry, versions);
        this.decisions = new Decisions(registry, versions, grants, line, logins, clock);
        this.pushAgainMs = pushAgainMs;
        this.clock = clock;
        this.damaged = damaged;
    }

    private record Pushed(long activation, long atMs) {}

    /**
     * Has racks run a version: that is kept when this returns, and sent by {@link Rollout#goOn}.
     *
     * @param racks names; empty for those that the scenario declares
     * @throws RefusedException if one has not said hello, and the scenario does not declare it either, or its files are damaged
     */
    public Rollout activate(ScenarioEntry scenario, List<String> racks, boolean restart, String who)
            throws RefusedException {
        return decisions.keep(List.of(decisions.about(scenario, racks)), restart, who, "scenario.activate", this);
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
        return decisions.keep(all, restart, who, "scenario.rollback", this);
    }

    /** What racks would go back to; refused where {@link #rollBack} is, and changes nothing. */
    public Map<ScenarioEntry, List<String>> wayBack(String name, List<String> racks) throws RefusedException {
        Map<ScenarioEntry, List<String>> all = back.of(name, racks);
        for (Map.Entry<ScenarioEntry, List<String>> each : all.entrySet()) {
            decisions.about(each.getKey(), each.getValue());
        }
        return all;
    }

    /** Has nats-server know what racks may do, all at once. */
    void allow(Map<String, WireRights> rights) {
        logins.allow(rights, false);
    }

    /** Sends a rack what was kept for it just now, unless something else came in between; as it stands then. */
    ActivationEntry send(ActivationEntry kept, byte[] bundle) {
        ActivationEntry wanted = registry.wanted(kept.rack());
        if (wanted == null || wanted.id() != kept.id()) {
            return registry.activations(kept.rack(), kept.id() + 1, 1).stream()
                    .filter(each -> each.id() == kept.id())
                    .findFirst()
                    .orElse(kept);
        }
        Pushed last = pushed.get(kept.rack());
        if (last == null || last.activation() != wanted.id()) {
            wanted = push(wanted, () -> bundle);
        }
        String why = Waiting.forWhat(kept.rack(), registry.rack(kept.rack()), line.connected());
        if (why.isEmpty()) {
            why = held.getOrDefault(kept.rack(), "");
        }
        if (!why.isEmpty() && wanted.outcome().equals(ActivationEntry.WAITING)) {
            wanted = wanted.ended(ActivationEntry.WAITING, why, 0);
            registry.ended(wanted);
        }
        return wanted;
    }

    /**
     * What a rack said of itself: writes down what came of an activation, and sends what the rack has not got.
     *
     * @return whether something that was not written down came of its activation
     */
    public boolean heard(RackEntry rack, Heartbeat heartbeat) {
        if (Boolean.FALSE.equals(heartbeat.wireKey())) {
            sealing.remove(rack.name());
        } else {
            sealing.add(rack.name());
        }
        ActivationEntry wanted = registry.wanted(rack.name());
        if (wanted == null || !rack.standing().equals(Standing.ACTIVE)) {
            return false;
        }
        if (untold.containsKey(rack.name())) {
            allowSoon(rack.name());
        }
        if (heartbeat.activation() == wanted.id()) {
            // words of a rack are kept for good and shown to whoever asks
            String text = MaskingText.scrub(heartbeat.text());
            boolean news = !heartbeat.outcome().equals(wanted.outcome()) || !text.equals(wanted.text());
            if (news) {
                boolean open = heartbeat.outcome().equals(Heartbeat.UNDER_WAY);
                registry.ended(wanted.ended(heartbeat.outcome(), text, open ? 0 : clock.millis()));
                LOG.info(
                        "rack {}: {}: {}{}",
                        rack.name(),
                        wanted.title(),
                        heartbeat.outcome(),
                        text.isEmpty() ? "" : ": " + text);
                allowSoon(rack.name());
            }
            return news;
        }
        if (heartbeat.activation() < wanted.id()) {
            overtaken(rack, heartbeat);
        }
        if (heartbeat.activation() < wanted.id() && wanted.ranWell()) {
            // what it ran before may run again, with the wires of that
            wanted = wanted.ended(ActivationEntry.WAITING, AGAIN, 0);
            registry.ended(wanted);
            LOG.warn("rack {}: {} {}: {}", rack.name(), wanted.scenario(), wanted.version(), AGAIN);
            allowSoon(rack.name());
        }
        if (due(wanted)) {
            String name = wanted.scenario();
            String version = wanted.version();
            tellWhyItWaits(push(wanted, () -> versions.bytes(name, version)));
        }
        return false;
    }

    /** What came of one that another overtook while the rack was at it: it may run that, and stay there where it refuses the other. */
    private void overtaken(RackEntry rack, Heartbeat heartbeat) {
        if (NO_END.contains(heartbeat.outcome())) {
            return;
        }
        long id = heartbeat.activation();
        registry.activations(rack.name(), id + 1, 1).stream()
                // of what was ended as the rack was removed nothing counts for who is let in under its name
                .filter(each -> each.id() == id
                        && each.outcome().equals(ActivationEntry.SUPERSEDED)
                        && each.endedMs() >= rack.approvedMs())
                .forEach(each -> registry.ended(
                        each.ended(heartbeat.outcome(), MaskingText.scrub(heartbeat.text()), clock.millis())));
    }

    /** Without the key of its wires a rack would refuse what it is to run, and it would not be sent that again. */
    private boolean lacksKey(ActivationEntry wanted) throws ArtefactException {
        return !sealing.contains(wanted.rack()) && grants.of(wanted).any();
    }

    private void tellWhyItWaits(ActivationEntry wanted) {
        String why = held.getOrDefault(wanted.rack(), "");
        boolean said = why.isEmpty() && wanted.text().equals(AGAIN);
        if (wanted.outcome().equals(ActivationEntry.WAITING) && !why.equals(wanted.text()) && !said) {
            registry.ended(wanted.ended(ActivationEntry.WAITING, why, 0));
        }
    }

    /**
     * What a rack may do on the wires between racks: what it should run, and what it may be running until it has said that it does,
     * have it do. Nothing where that cannot be told now; at the rack's next heartbeat it is tried again.
     */
    public WireRights rights(String rack) {
        return rightsNow(rack).orElse(WireRights.NONE);
    }

    /** Empty where they cannot be told now: what it has stays as it is. */
    Optional<WireRights> rightsNow(String rack) {
        try {
            WireRights rights = grants.of(rack);
            untold.remove(rack);
            return Optional.of(rights);
        } catch (ArtefactException notNow) {
            if (!notNow.getMessage().equals(untold.put(rack, notNow.getMessage()))) {
                LOG.error("what rack {} may do on wires between racks cannot be told: {}", rack, notNow.getMessage());
            }
            return Optional.empty();
        }
    }

    /** What a rack was sent before it said hello it may never have heard: it is sent it at its next heartbeat, if that shows so. */
    public void greeted(String rack) {
        pushed.remove(rack);
    }

    private void allowSoon(String rack) {
        rightsNow(rack).ifPresent(rights -> logins.allow(Map.of(rack, rights), true));
    }

    /** Forgets what a rack was sent. */
    public void forget(String rack) {
        pushed.remove(rack);
        sealing.remove(rack);
        held.remove(rack);
        untold.remove(rack);
    }

    private boolean due(ActivationEntry wanted) {
        // final, whether or not the rack could write it down: it must not run later because its disk has room again
        if (wanted.outcome().equals(ActivationEntry.DAMAGED) || wanted.cameToNothing()) {
            return false;
        }
        Pushed last = pushed.get(wanted.rack());
        return last == null || last.activation() != wanted.id() || clock.millis() - last.atMs() >= pushAgainMs;
    }

    /** The bytes of a bundle, read when they are needed. */
    private interface Bundle {
        byte[] bytes() throws ArtefactException;
    }

    /** Sends it, if that can be; as it stands then. */
    private ActivationEntry push(ActivationEntry wanted, Bundle bundle) {
        RackEntry rack = registry.rack(wanted.rack());
        if (rack == null || !rack.standing().equals(Standing.ACTIVE)) {
            return wanted;
        }
        try {
            String obstacle = obstacle(wanted);
            if (obstacle.isEmpty() && line.push(wanted, bundle.bytes())) {
                pushed.put(wanted.rack(), new Pushed(wanted.id(), clock.millis()));
            }
            held.put(wanted.rack(), obstacle);
            return wanted;
        } catch (ArtefactLostException lost) {
            return unsent(wanted, lost.getMessage());
        } catch (ArtefactException notNow) {
            String why = "the mixer tries again at the rack's next heartbeat: " + notNow.getMessage();
            if (!why.equals(held.put(wanted.rack(), why))) {
                LOG.error("rack {} is not sent {}: {}", wanted.rack(), wanted.scenario(), notNow.getMessage());
            }
            return wanted;
        }
    }

    /** What keeps a rack from being sent it now; empty for nothing. */
    private String obstacle(ActivationEntry wanted) throws ArtefactException {
        if (lacksKey(wanted)) {
            return KEYLESS;
        }
        if (logins.allow(Map.of(wanted.rack(), grants.of(wanted.rack())), false)) {
            return "";
        }
        return logins.isLeftOut(wanted.rack()) ? LEFT_OUT : UNALLOWED;
    }

    /** It would be the same at each heartbeat; and what somebody mends much later must not change a rack then. */
    private ActivationEntry unsent(ActivationEntry wanted, String why) {
        LOG.error("rack {} cannot be sent {} {}: {}", wanted.rack(), wanted.scenario(), wanted.version(), why);
        ActivationEntry ended = wanted.ended(
                ActivationEntry.DAMAGED,
                "the mixer cannot send it: " + why + "; then activate it again: fluxrig scenario activate "
                        + wanted.scenario() + " " + wanted.version() + " --rack " + wanted.rack()
                        + (wanted.restart() ? " --restart" : ""),
                clock.millis());
        registry.ended(ended);
        held.remove(wanted.rack());
        damaged.accept(ended);
        return ended;
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
