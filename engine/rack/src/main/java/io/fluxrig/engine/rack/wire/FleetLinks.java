package io.fluxrig.engine.rack.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rack has of other racks at one moment: NATS, the far ends of its wires, tickets that they share.
 *
 * @param needed whether it has any use for them
 * @param connected whether there is a connection to NATS
 * @param ends the far ends of its wires, {@code west.switch.in}, with why each is down; empty where it is up
 * @param unshared gears that should share their tickets and do not
 */
public record FleetLinks(boolean needed, boolean connected, Map<String, String> ends, List<String> unshared) {
    /** Of a rack that needs no other. */
    public static final FleetLinks NONE = new FleetLinks(false, false, Map.of(), List.of());

    public static final String NO_NATS = "no connection to NATS";

    public FleetLinks {
        ends = Map.copyOf(ends);
        unshared = List.copyOf(unshared);
    }

    /** Whether NATS is needed, and away. */
    public boolean cutOff() {
        return needed && !connected;
    }

    public boolean whole() {
        return !cutOff() && down().isEmpty() && unshared.isEmpty();
    }

    private Map<String, String> down() {
        Map<String, String> down = new TreeMap<>(ends);
        down.values().removeIf(String::isEmpty);
        return down;
    }

    /** All that is wrong in one line; empty if nothing is. */
    public String line() {
        List<String> parts = new ArrayList<>();
        if (cutOff()) {
            parts.add(NO_NATS);
        }
        Map<String, String> down = down();
        if (!down.isEmpty()) {
            List<String> each = new ArrayList<>();
            down.forEach((end, why) -> each.add(cutOff() ? end : end + " (" + why + ")"));
            parts.add(down.size() + " of " + ends.size()
                    + " ends on other racks down, what is sent there goes nowhere: " + String.join(", ", each));
        }
        if (!unshared.isEmpty()) {
            parts.add("tickets not shared with other racks: " + String.join(", ", unshared));
        }
        return String.join("; ", parts);
    }

    /** {@code {nats_connected, ends_down: [{end, because}], tickets_unshared: [gear]}}; without the first where no NATS is needed. */
    public void into(JsonObject health) {
        if (needed) {
            health.put("nats_connected", connected);
        }
        JsonArray all = new JsonArray();
        down().forEach((end, why) ->
                all.add(new JsonObject().put("end", end).put("because", cutOff() ? NO_NATS : why)));
        health.put("ends_down", all).put("tickets_unshared", new JsonArray(unshared));
    }
}
