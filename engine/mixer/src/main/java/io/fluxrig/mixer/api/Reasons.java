package io.fluxrig.mixer.api;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.mixer.enrol.Fleet;
import io.fluxrig.mixer.enrol.Presence;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.Registry;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why racks are as they are, for people, with what to type. Desk only. */
final class Reasons {
    /** What holds a rack, as it says: which action that was, and which command ends it. */
    private static final Map<String, Hold> HOLDS = Map.of(
            Order.DRAIN, new Hold("rack.drain", "resume"),
            Order.KILL, new Hold("rack.kill", "resume"),
            Standing.SUSPENDED, new Hold("rack.suspend", "activate"));

    private final Registry registry;
    private final Fleet fleet;

    private record Hold(String action, String end) {}

    Reasons(Registry registry, Fleet fleet) {
        this.registry = registry;
        this.fleet = fleet;
    }

    /**
     * What a rack says, and what there is to say of it; empty for nothing.
     *
     * @param wanted what it should run, null for nothing
     */
    String of(String rack, ActivationEntry wanted) {
        Presence last = fleet.presence(rack);
        String others = fleet.others(rack);
        return last == null ? others : of(last.last(), others, wanted);
    }

    /** @param others what is known of others with its key or name, empty for nothing */
    String of(Heartbeat said, String others, ActivationEntry wanted) {
        return Stream.of(said(said), others, astray(said, wanted))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private String said(Heartbeat said) {
        Hold hold = HOLDS.get(said.reason());
        if (hold == null) {
            return MaskingText.scrub(said.reason());
        }
        AuditEntry by = RackOrders.last(registry, hold.action(), said.rack());
        String who = by == null ? "" : " by " + by.who() + " at " + Shown.time(by.atMs());
        return said.reason() + who + "; to end that: fluxrig admin racks " + hold.end() + " " + said.rack();
    }

    /** What it runs, and nobody has it run: the registry was lost, or is from a back-up. */
    private String astray(Heartbeat said, ActivationEntry wanted) {
        String runs = Shown.title(said);
        if (runs.isEmpty() || wanted != null && (!wanted.ranWell() || runs.equals(wanted.title()))) {
            return "";
        }
        boolean kept = registry.scenario(said.scenario(), said.scenarioVersion()) != null;
        String unknown = kept ? "" : ", which the mixer does not have";
        String keep = (kept ? "" : "import it again (fluxrig scenario import FILE), then ") + activate(runs, said);
        if (wanted == null) {
            return "runs " + runs + unknown
                    + ", and no activation has it do so: NATS lets it use no wire between racks;"
                    + (kept ? " type: " : " ") + keep;
        }
        return "runs " + runs + unknown + ", and is to run " + wanted.title() + "; to keep it: " + keep
                + "; for the other: " + activate(wanted.title(), said);
    }

    private static String activate(String title, Heartbeat said) {
        return "fluxrig scenario activate " + title + " --rack " + said.rack();
    }
}
