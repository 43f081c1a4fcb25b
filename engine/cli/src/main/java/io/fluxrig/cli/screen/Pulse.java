package io.fluxrig.cli.screen;

import io.fluxrig.cli.screen.RackFigures.GearLine;
import java.util.LinkedHashMap;
import java.util.Map;

/** How fast a rack goes, from one look at it to the next different one. One thread. */
public final class Pulse {
    private RackFigures last;
    private Pace pace = Pace.NONE;

    /** @param now null is passed over */
    public Pace pace(RackFigures now) {
        if (now != null && !now.answering()) {
            return Pace.NONE;
        }
        if (now == null || last != null && now.uptimeNs() == last.uptimeNs()) {
            return pace;
        }
        boolean same = last != null && now.uptimeNs() > last.uptimeNs();
        pace = same ? between(last, now) : Pace.NONE;
        last = now;
        return pace;
    }

    private static Pace between(RackFigures before, RackFigures now) {
        double seconds = (now.uptimeNs() - before.uptimeNs()) / 1e9;
        Map<String, Long> had = new LinkedHashMap<>();
        before.gears().forEach(gear -> had.put(gear.name(), gear.messages()));
        Map<String, Double> messages = new LinkedHashMap<>();
        for (GearLine gear : now.gears()) {
            // one that was replaced counts anew
            long more = gear.messages() - had.getOrDefault(gear.name(), 0L);
            messages.put(gear.name(), Math.max(0, more) / seconds);
        }
        return new Pace((now.requests() - before.requests()) / seconds, messages);
    }
}
