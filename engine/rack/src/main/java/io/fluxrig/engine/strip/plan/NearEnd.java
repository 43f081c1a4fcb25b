package io.fluxrig.engine.strip.plan;

import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.link.LinkTable;
import io.fluxrig.engine.strip.plan.StripPlan.Arriving;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.Leaving;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import java.util.List;
import java.util.stream.Stream;

/**
 * This rack's end of wires from others: whether what stands behind it can serve. A switch can if one of its destinations on this rack
 * is up; destinations on other racks do not count, or two racks that both lost their hosts would send to each other. Of any other gear what
 * it passes on to may be on another rack, too: it asks nobody else. Where a server alone lies behind, and no switch asks anything of
 * it, it serves whoever is connected: terminals come and go, and what arrives is for those that asked.
 *
 * <p>One thread.
 */
public final class NearEnd {
    private final LinkTable table;
    private final FarEnds farEnds;
    private final String subject;
    private StripPlan plan;
    private Arriving end;
    private List<WiredLinks> ports = List.of();
    private boolean atSwitch;

    public NearEnd(LinkTable table, FarEnds farEnds, String subject) {
        this.table = table;
        this.farEnds = farEnds;
        this.subject = subject;
    }

    /** @param now the plan that runs */
    public boolean serves(StripPlan now) {
        if (!now.equals(plan)) {
            follow(now);
        }
        if (end == null) {
            return false;
        }
        if (table.reports(end.toGear())) {
            return table.up(end.toGear()) > 0
                    || !end.asked() && now.gears().get(end.toGear()).accepts();
        }
        return ports.isEmpty() || ports.stream().anyMatch(this::leadsToSomebody);
    }

    private boolean leadsToSomebody(WiredLinks port) {
        return (atSwitch ? port.upHere() : port.up()) > 0 || !end.asked() && port.leadsToServers();
    }

    private void follow(StripPlan now) {
        plan = now;
        end = now.arriving().stream()
                .filter(wire -> wire.carriage().subject().equals(subject))
                .findFirst()
                .orElse(null);
        atSwitch = end != null && isSwitch(now.gears().get(end.toGear()));
        ports = end == null || takesAnswers(now.gears().get(end.toGear()), end.toInput())
                ? List.of()
                : Stream.concat(
                                now.wires().stream()
                                        .filter(wire -> wire.fromGear() == end.toGear())
                                        .map(WirePlan::fromPort),
                                now.leaving().stream()
                                        .filter(wire -> wire.fromGear() == end.toGear())
                                        .map(Leaving::fromPort))
                        .filter(WiredLinks::leadsOn)
                        .distinct()
                        .map(port -> new WiredLinks(now, table, farEnds, end.toGear(), port))
                        .toList();
    }

    /** What a switch takes there it asked for itself. */
    private static boolean takesAnswers(GearPlan gear, int input) {
        GearFactory factory = gear.factory();
        GearConfig config = gear.config();
        String port = factory.manifest().inputs().get(input).name();
        return factory.manifest().outputs().stream()
                .anyMatch(output -> port.equals(factory.repliesAt(config, output.name())));
    }

    /** Whether answers to what it sends come back to it. */
    private static boolean isSwitch(GearPlan gear) {
        return gear.factory().manifest().outputs().stream()
                .anyMatch(output -> gear.factory().repliesAt(gear.config(), output.name()) != null);
    }
}
