package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came of activations, as racks say: it is written down, and racks may do what follows from it. Desk only. */
final class ActivationOutcomes {
    private static final Logger LOG = LoggerFactory.getLogger(ActivationOutcomes.class);

    private static final String AGAIN =
            "the rack does not say any more that it runs it, as where its process ended soon after: it is sent once more";

    /** What a rack says of an activation that may yet come to something else. */
    private static final Set<String> NO_END = Set.of("", Heartbeat.UNDER_WAY, Heartbeat.KEPT);

    private final Registry registry;
    private final WireGrants grants;
    private final InstantSource clock;
    /** Activations that their racks are sent once more, by rack: the last one of each. */
    private final Map<String, Long> again = new HashMap<>();

    /** What racks said last of one that another overtook, which was dealt with; by rack. */
    private final Map<String, Ended> overtaken = new HashMap<>();

    ActivationOutcomes(Registry registry, WireGrants grants, InstantSource clock) {
        this.registry = registry;
        this.grants = grants;
        this.clock = clock;
    }

    private record Ended(long activation, String outcome) {}

    /** What a rack says of the activation that it should run; whether that was not written down. */
    boolean heard(RackEntry rack, Heartbeat heartbeat, ActivationEntry wanted) {
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
            grants.allowSoon(rack.name());
        }
        return news;
    }

    /** What a rack says of an activation before the one that it should run; that one, as it stands then. */
    ActivationEntry heardOfBefore(RackEntry rack, Heartbeat heartbeat, ActivationEntry wanted) {
        overtaken(rack, heartbeat);
        if (!wanted.ranWell()) {
            return wanted;
        }
        // what it ran before may run again, with the wires of that
        ActivationEntry open = wanted.ended(ActivationEntry.WAITING, AGAIN, 0);
        registry.ended(open);
        again.put(rack.name(), open.id());
        LOG.warn("rack {}: {}: {}", rack.name(), open.title(), AGAIN);
        grants.allowSoon(rack.name());
        return open;
    }

    /** Why a rack is sent once more what it has run; empty where it is not, or this mixer does not know. */
    String whyAgain(ActivationEntry wanted) {
        return again.getOrDefault(wanted.rack(), 0L) == wanted.id() ? AGAIN : "";
    }

    void forget(String rack) {
        again.remove(rack);
        overtaken.remove(rack);
    }

    /** What came of one that another overtook while the rack was at it: it may run that, and stay there where it refuses the other. */
    private void overtaken(RackEntry rack, Heartbeat heartbeat) {
        if (NO_END.contains(heartbeat.outcome())) {
            return;
        }
        long id = heartbeat.activation();
        Ended said = new Ended(id, heartbeat.outcome());
        if (said.equals(overtaken.get(rack.name()))) {
            // it says so at each heartbeat, and no outcome is superseded later
            return;
        }
        registry.activations(rack.name(), id + 1, 1).stream()
                // of what was ended as the rack was removed nothing counts for who is let in under its name
                .filter(each -> each.id() == id
                        && each.outcome().equals(ActivationEntry.SUPERSEDED)
                        && each.endedMs() >= rack.approvedMs())
                .forEach(each -> registry.ended(
                        each.ended(heartbeat.outcome(), MaskingText.scrub(heartbeat.text()), clock.millis())));
        overtaken.put(rack.name(), said);
    }
}
