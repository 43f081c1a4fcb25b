package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.LinkView;
import io.fluxrig.engine.link.LinkTable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The links behind one output port: the I/O gears reached first by following its wires forward. Ports named {@code error} and
 * {@code out_response...} lead back to where a message came from and are not followed beyond the first wire, nor is a wire
 * back to the gear that asks: an answer's. Walks again only when another gear has begun to report. One strip's thread.
 */
final class WiredLinks implements LinkView {
    private final LinkTable table;
    private final int gear;
    private final String port;
    private StripPlan plan;
    private boolean wired;
    private int[] found = new int[0];
    private int reportersSeen = -1;

    WiredLinks(StripPlan plan, LinkTable table, int gear, String port) {
        this.table = table;
        this.gear = gear;
        this.port = port;
        rewire(plan);
    }

    /** Follows the wires of another plan from now on. */
    void rewire(StripPlan now) {
        plan = now;
        wired = now.wired(gear, port);
        reportersSeen = -1;
    }

    /** Connections up on all strips together; 0 for a port that is not wired, 1 if no I/O gear lies behind it. */
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
            up += table.up(reporter);
        }
        return up;
    }

    @Override
    public boolean leadsTo(String gearName) {
        refresh();
        for (int reporter : found) {
            if (plan.gears().get(reporter).name().equals(gearName)) {
                return true;
            }
        }
        return found.length == 0;
    }

    @Override
    public boolean leadsToLinks() {
        refresh();
        return found.length > 0;
    }

    @Override
    public String describe() {
        refresh();
        return Arrays.stream(found)
                .mapToObj(reporter -> describe(plan.gears().get(reporter)))
                .collect(Collectors.joining(", "));
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

    private int[] walk() {
        Set<Integer> visited = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        int[] reporting = new int[0];
        visited.add(gear);
        follow(gear, port, visited, open);
        while (!open.isEmpty()) {
            int at = open.remove();
            if (table.reports(at)) {
                reporting = Arrays.copyOf(reporting, reporting.length + 1);
                reporting[reporting.length - 1] = at;
            } else {
                follow(at, null, visited, open);
            }
        }
        return reporting;
    }

    private void follow(int from, String onlyPort, Set<Integer> visited, Deque<Integer> open) {
        for (StripPlan.WirePlan wire : plan.wires()) {
            boolean taken = onlyPort == null
                    ? leadsOn(wire.fromPort())
                    : wire.fromPort().equals(onlyPort);
            if (wire.fromGear() == from && taken && visited.add(wire.toGear())) {
                open.add(wire.toGear());
            }
        }
    }

    private static boolean leadsOn(String port) {
        return !port.equals("error") && !port.startsWith("out_response");
    }
}
