package io.fluxrig.engine.strip.plan;

import io.fluxrig.engine.gear.LinkView;
import io.fluxrig.engine.link.LinkTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The links behind one output port: the I/O gears, and the ends of wires on other racks, reached first by following its wires
 * forward. Ports named {@code error...} and {@code out_response...} lead back to where a message came from and are not followed beyond the first wire, nor is a wire
 * back to the gear that asks: an answer's. Walks again only when another gear has begun to report. One strip's thread.
 */
public final class WiredLinks implements LinkView {
    private final LinkTable table;
    /** Null of a view that is never led elsewhere. */
    private final FormerLinks former;

    private final int gear;
    private final String port;
    private StripPlan plan;
    private boolean wired;
    private final FarEnds farEnds;
    private int[] found = new int[0];
    private boolean away;
    private Set<String> closedTo = Set.of();
    private int reportersSeen = -1;

    WiredLinks(StripPlan plan, LinkTable table, int gear, String port) {
        this(plan, table, FarEnds.NONE, gear, port);
    }

    public WiredLinks(StripPlan plan, LinkTable table, FarEnds farEnds, int gear, String port) {
        this(plan, table, farEnds, null, gear, port);
    }

    /** @param former remembers what lay behind the port before {@link #rewire} */
    public WiredLinks(StripPlan plan, LinkTable table, FarEnds farEnds, FormerLinks former, int gear, String port) {
        this.table = table;
        this.former = former;
        this.farEnds = farEnds;
        this.gear = gear;
        this.port = port;
        rewire(plan);
    }

    /** Follows the wires of another plan from now on; what is still to be answered from where they led before is remembered. */
    public void rewire(StripPlan now) {
        if (former != null && plan != null && !away) {
            former.remember(found, plan, gear);
        }
        plan = now;
        wired = now.wired(gear, port);
        reportersSeen = -1;
        refresh(); // not by the first message
    }

    /** As {@link #rewire}, unless the plan leads the port nowhere. */
    public void rewireIfKnown(StripPlan now) {
        if (now.wired(gear, port)) {
            rewire(now);
        }
    }

    /**
     * Connections up on all strips together, and racks that can serve; 0 for a port that is not wired, 1 if neither an I/O gear nor
     * another rack lies behind it.
     */
    @Override
    public int up() {
        if (!wired) {
            return 0;
        }
        refresh();
        if (found.length == 0) {
            return ALWAYS_UP.up();
        }
        int up = 0;
        for (int reporter : found) {
            up += FarEnds.isFar(reporter) ? FarEnds.up(table, reporter) : table.up(reporter);
        }
        return up;
    }

    /** As {@link #up}, of this rack's own: what lies on others counts as down. */
    int upHere() {
        if (!wired) {
            return 0;
        }
        refresh();
        return away ? 0 : up();
    }

    @Override
    public boolean leadsAway() {
        refresh();
        return away;
    }

    @Override
    public boolean closedTo(String origin) {
        if (origin == null) {
            return false;
        }
        refresh();
        return closedTo.contains(origin);
    }

    /** Where it leads to another rack, any I/O gear of that one may be behind; and for a while what was before the wires changed. */
    @Override
    public boolean leadsTo(String gearName) {
        refresh();
        if (away) {
            return true;
        }
        for (int reporter : found) {
            if (plan.gears().get(reporter).name().equals(gearName)) {
                return true;
            }
        }
        return found.length == 0 || former != null && former.has(gearName, plan);
    }

    @Override
    public boolean leadsToLinks() {
        refresh();
        return found.length > 0 && !away;
    }

    /** Whether servers of this rack alone lie behind the port. */
    boolean leadsToServers() {
        return leadsToLinks()
                && Arrays.stream(found)
                        .allMatch(reporter -> plan.gears().get(reporter).accepts());
    }

    @Override
    public String describe() {
        refresh();
        return Arrays.stream(found).mapToObj(this::describe).collect(Collectors.joining(", "));
    }

    private String describe(int reporter) {
        return FarEnds.isFar(reporter)
                ? farEnds.title(reporter)
                : describe(plan.gears().get(reporter));
    }

    private static String describe(StripPlan.GearPlan line) {
        if (line.given("connect")) {
            return line.name() + " " + line.config().text("connect");
        }
        return line.given("bind") ? line.name() + " on " + line.config().text("bind") : line.name();
    }

    private void refresh() {
        int reporters = table.reporters();
        if (reporters != reportersSeen) {
            found = walk();
            reportersSeen = reporters;
        }
    }

    /** Where I/O gears of this rack lie behind the port, they decide: what goes to another rack beside them is a copy. */
    private int[] walk() {
        Set<Integer> visited = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        Set<Integer> near = new LinkedHashSet<>();
        List<StripPlan.Leaving> far = new ArrayList<>();
        visited.add(gear);
        follow(gear, port, visited, open);
        leave(gear, port, far);
        while (!open.isEmpty()) {
            int at = open.remove();
            if (table.reports(at)) {
                near.add(at);
            } else {
                follow(at, null, visited, open);
                leave(at, null, far);
            }
        }
        away = near.isEmpty() && !far.isEmpty();
        closedTo = far.stream().flatMap(wire -> wire.closedTo().stream()).collect(Collectors.toSet());
        return away ? places(far) : near.stream().mapToInt(Integer::intValue).toArray();
    }

    /** An end that nobody reports for is usable, as a port without I/O gears is. */
    private int[] places(List<StripPlan.Leaving> far) {
        return far.stream()
                .mapToInt(farEnds::place)
                .filter(place -> place >= 0 && table.reports(place))
                .distinct()
                .toArray();
    }

    private void follow(int from, String onlyPort, Set<Integer> visited, Deque<Integer> open) {
        for (StripPlan.WirePlan wire : plan.wires()) {
            if (wire.fromGear() == from && taken(wire.fromPort(), onlyPort) && visited.add(wire.toGear())) {
                open.add(wire.toGear());
            }
        }
    }

    private void leave(int from, String onlyPort, List<StripPlan.Leaving> far) {
        for (StripPlan.Leaving wire : plan.leaving()) {
            if (wire.fromGear() == from && taken(wire.fromPort(), onlyPort)) {
                far.add(wire);
            }
        }
    }

    private static boolean taken(String port, String onlyPort) {
        return onlyPort == null ? leadsOn(port) : port.equals(onlyPort);
    }

    /** Whether what leaves there goes on, and not back. */
    static boolean leadsOn(String port) {
        return !port.equals("error") && !port.startsWith("error_") && !port.startsWith("out_response");
    }
}
