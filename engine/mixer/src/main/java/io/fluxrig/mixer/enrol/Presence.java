package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Traffic;

/**
 * What a rack said of itself last. In memory only: after a start of the mixer a rack is unheard of until its next heartbeat.
 *
 * @param last as it came
 * @param atMs when, by the mixer's clock, for people
 * @param atNs when, by what rises evenly whatever is done to that clock
 * @param pace of its traffic, null where it says nothing of that
 */
public record Presence(Heartbeat last, long atMs, long atNs, Pace pace) {

    /** @param before null for a rack that was not heard of */
    static Presence of(Heartbeat heartbeat, long atMs, long atNs, Presence before) {
        Traffic traffic = heartbeat.traffic();
        if (traffic == null) {
            return new Presence(heartbeat, atMs, atNs, null);
        }
        Pace last = before == null ? null : before.pace();
        return new Presence(heartbeat, atMs, atNs, last == null ? Pace.of(traffic) : last.next(traffic));
    }
}
