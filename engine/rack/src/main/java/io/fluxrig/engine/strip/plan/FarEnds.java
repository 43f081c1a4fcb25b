package io.fluxrig.engine.strip.plan;

import io.fluxrig.engine.link.LinkTable;
import io.fluxrig.engine.strip.plan.StripPlan.Leaving;
import java.util.List;

/**
 * The places of other racks' ends of wires in the table of links, behind those of the gears. Wires between racks do not change while
 * a rack runs, and neither do these. Immutable.
 *
 * @param subjects of the ends, each once
 */
public record FarEnds(List<String> subjects) {
    /** Of a rack whose wires all stay in it. */
    static final FarEnds NONE = new FarEnds(List.of());

    private static final String PREFIX = "flux.msg.";

    public FarEnds {
        subjects = List.copyOf(subjects);
    }

    public static FarEnds of(StripPlan plan) {
        return new FarEnds(
                plan.leaving().stream().map(FarEnds::subject).distinct().toList());
    }

    private static String subject(Leaving wire) {
        return wire.carriage().subject();
    }

    public int count() {
        return subjects.size();
    }

    /** The place of the end that a wire leads to, -1 if it has none. */
    int place(Leaving wire) {
        return place(subject(wire));
    }

    public int place(String subject) {
        int index = subjects.indexOf(subject);
        return index < 0 ? -1 : StripPlan.GEARS_MAX + index;
    }

    static boolean isFar(int place) {
        return place >= StripPlan.GEARS_MAX;
    }

    /** Racks that can serve it: the cell of the first strip. */
    static int up(LinkTable table, int place) {
        return table.up(place, 0);
    }

    /** {@code west.switch.in} for people. */
    String title(int place) {
        return subjects.get(place - StripPlan.GEARS_MAX).substring(PREFIX.length());
    }
}
