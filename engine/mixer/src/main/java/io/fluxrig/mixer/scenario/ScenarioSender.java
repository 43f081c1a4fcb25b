package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactLostException;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.bus.PushLine;
import io.fluxrig.mixer.enrol.Logins;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends racks what they should run, and says of what cannot be sent why. Remembers one entry for each rack of what it was sent last, or why it
 * was not. Desk only.
 */
final class ScenarioSender {
    /** Between two times that a rack is sent the same for its hellos: each has the whole bundle read, signed and sent. */
    static final long GREETED_NS = 2_000_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(ScenarioSender.class);

    /** Sent without its rights it would be refused there, and go back. */
    private static final String UNALLOWED =
            "nats-server cannot be told now what it may do there (see the mixer's log); it gets the scenario once that can be";

    private static final String LEFT_OUT =
            "nats-server cannot take its login, as where another rack has the same one (see the mixer's log): it stays out until"
                    + " the rack that should not have it is removed: fluxrig admin racks remove NAME";

    private static final String KEYLESS =
            "it gets the scenario once it has the key of wires between racks; 'fluxrig admin keys list' says whether there is one";

    private static final String UNTAKEN = "NATS did not take it; the mixer tries again at a heartbeat of the rack";

    private final Registry registry;
    private final ScenarioVersions versions;
    private final WireGrants grants;
    private final ActivationOutcomes outcomes;
    private final PushLine line;
    private final Logins logins;
    private final long pushAgainNs;
    private final InstantSource clock;
    private final LongSupplier clockNs;
    private final Consumer<ActivationEntry> damaged;
    private final Map<String, Pushed> pushed = new HashMap<>();
    /** Racks that have said hello since. */
    private final Set<String> greeted = new HashSet<>();
    /** Racks that may have a key for wires between racks, as far as they have said. */
    private final Set<String> sealing = new HashSet<>();
    /** Why racks were not sent what they should run, when they were to be sent it last; of those for which that may pass; empty for nothing. */
    private final Map<String, String> held = new HashMap<>();

    /** As {@link Scenarios}. */
    ScenarioSender(
            Registry registry,
            ScenarioVersions versions,
            WireGrants grants,
            ActivationOutcomes outcomes,
            PushLine line,
            Logins logins,
            long pushAgainNs,
            InstantSource clock,
            LongSupplier clockNs,
            Consumer<ActivationEntry> damaged) {
        this.registry = registry;
        this.versions = versions;
        this.grants = grants;
        this.outcomes = outcomes;
        this.line = line;
        this.logins = logins;
        this.pushAgainNs = pushAgainNs;
        this.clock = clock;
        this.clockNs = clockNs;
        this.damaged = damaged;
    }

    /**
     * What a rack was sent last, or NATS did not take.
     *
     * @param helloNs from when on it is sent that again for a hello
     */
    private record Pushed(long activation, long atNs, long helloNs) {}

    /** The bytes of a bundle, read when they are needed. */
    private interface Bundle {
        byte[] bytes() throws ArtefactException;
    }

    /** A rack says whether it has a key for wires between racks; null where it does not say. */
    void hasKey(String rack, Boolean key) {
        if (Boolean.FALSE.equals(key)) {
            sealing.remove(rack);
        } else {
            sealing.add(rack);
        }
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

    /** Sends a rack that has not got it what it should run, if it is time to. */
    void sendIfDue(ActivationEntry wanted) {
        if (!due(wanted)) {
            return;
        }
        ActivationEntry now = push(wanted, () -> versions.bytes(wanted.scenario(), wanted.version()));
        String why = held.getOrDefault(now.rack(), "");
        String text = why.isEmpty() ? outcomes.whyAgain(now) : why;
        if (now.outcome().equals(ActivationEntry.WAITING) && !text.equals(now.text())) {
            registry.ended(now.ended(ActivationEntry.WAITING, text, 0));
        }
    }

    /**
     * What a rack was sent before it said hello it may never have heard: it is sent it at its next heartbeat, if that shows so; where it was
     * sent the same for a hello just before, at the next one after {@link #GREETED_NS}.
     */
    void greeted(String rack) {
        greeted.add(rack);
    }

    void forget(String rack) {
        pushed.remove(rack);
        greeted.remove(rack);
        sealing.remove(rack);
        held.remove(rack);
    }

    private boolean due(ActivationEntry wanted) {
        // final, whether or not the rack could write it down: it must not run later because its disk has room again
        if (wanted.outcome().equals(ActivationEntry.DAMAGED) || wanted.cameToNothing()) {
            return false;
        }
        Pushed last = pushed.get(wanted.rack());
        if (last == null || last.activation() != wanted.id()) {
            return true;
        }
        long nowNs = clockNs.getAsLong();
        return nowNs - last.atNs() >= pushAgainNs || greeted.contains(wanted.rack()) && nowNs - last.helloNs() >= 0;
    }

    /** Sends it, if that can be; as it stands then. */
    private ActivationEntry push(ActivationEntry wanted, Bundle bundle) {
        RackEntry rack = registry.rack(wanted.rack());
        if (rack == null || !rack.standing().equals(Standing.ACTIVE)) {
            return wanted;
        }
        try {
            String obstacle = obstacle(wanted, rack);
            String why = obstacle.isEmpty() ? attempt(wanted, bundle.bytes()) : obstacle;
            held.put(wanted.rack(), why);
            return wanted;
        } catch (ArtefactLostException | IOException lost) {
            return unsent(wanted, lost.getMessage());
        } catch (ArtefactException notNow) {
            String why = "the mixer tries again at the rack's next heartbeat: " + notNow.getMessage();
            if (!why.equals(held.put(wanted.rack(), why))) {
                LOG.error("rack {} is not sent {}: {}", wanted.rack(), wanted.scenario(), notNow.getMessage());
            }
            return wanted;
        }
    }

    /** Sends it; why NATS does not take it, empty where it does. What it does not take is not read at each heartbeat either. */
    private String attempt(ActivationEntry wanted, byte[] bundle) throws IOException {
        long bodyMax = line.bodyMax();
        String why;
        if (!BundleFit.fits(bundle.length, bodyMax)) {
            // NATS was away when it was activated, or takes less by now
            why = BundleFit.refusal(wanted.title(), bundle.length, ScenarioBundle.read(bundle), bodyMax);
        } else {
            why = line.push(wanted, bundle) ? "" : UNTAKEN;
        }
        if (why.isEmpty() || line.connected()) {
            remember(wanted);
        }
        if (!why.isEmpty() && !why.equals(held.get(wanted.rack()))) {
            LOG.error("rack {} is not sent {}: {}", wanted.rack(), wanted.title(), why);
        }
        return why;
    }

    private void remember(ActivationEntry sent) {
        long nowNs = clockNs.getAsLong();
        Pushed last = pushed.get(sent.rack());
        boolean same = last != null && last.activation() == sent.id();
        // a rack that is started twice in a row is not to wait: the first hello after it was sent something is free
        boolean forHello = greeted.remove(sent.rack()) && same;
        long helloNs = forHello ? nowNs + GREETED_NS : same ? last.helloNs() : nowNs;
        pushed.put(sent.rack(), new Pushed(sent.id(), nowNs, helloNs));
    }

    /** What keeps a rack from being sent it now; empty for nothing. */
    private String obstacle(ActivationEntry wanted, RackEntry rack) throws ArtefactException {
        String away = Waiting.forWhat(rack.name(), rack, line.connected());
        if (!away.isEmpty()) {
            return away;
        }
        if (lacksKey(wanted)) {
            return KEYLESS;
        }
        if (logins.allow(Map.of(wanted.rack(), grants.of(wanted.rack())), false)) {
            return "";
        }
        return logins.isLeftOut(wanted.rack()) ? LEFT_OUT : UNALLOWED;
    }

    /** Without the key of its wires a rack would refuse what it is to run, and it would not be sent that again. */
    private boolean lacksKey(ActivationEntry wanted) throws ArtefactException {
        return !sealing.contains(wanted.rack()) && grants.of(wanted).any();
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
}
