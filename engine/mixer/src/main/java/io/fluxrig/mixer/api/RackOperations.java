package io.fluxrig.mixer.api;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.enrol.Enrolment;
import io.fluxrig.mixer.enrol.Fleet;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the API does about racks. */
final class RackOperations {
    /** Of a rack that was removed. */
    private static final String LET_IN =
            "its NATS could not be told yet and lets it in still, which is tried again every"
                    + " 10 s at most (the mixer's log says why, fluxrig_mixer_nats_unapplied_total counts); ";

    private final Desk desk;
    private final Registry registry;
    private final Enrolment enrolment;
    private final Fleet fleet;
    private final Reasons reasons;
    private final RackOrders orders;

    RackOperations(Desk desk, Registry registry, Enrolment enrolment, Fleet fleet, RackLine line, InstantSource clock) {
        this.desk = desk;
        this.registry = registry;
        this.enrolment = enrolment;
        this.fleet = fleet;
        this.reasons = new Reasons(registry, fleet);
        this.orders = new RackOrders(desk, registry, (rack, word, value) -> line.order(rack, word, value), clock);
    }

    Map<String, Operation> all() {
        return Map.of(
                "listRacks", call -> desk.ask(() -> list(call)),
                "getRack", call -> desk.ask(() -> Reply.ok(shown(find(call)))),
                "removeRack", call -> desk.ask(() -> remove(call)),
                "approveRack", this::approve,
                "suspendRack", call -> change(call, enrolment::suspend),
                "activateRack", call -> change(call, enrolment::activate),
                "renewRack", call -> change(call, enrolment::renew),
                "orderRack", this::order);
    }

    private interface Change {
        RackEntry make(String rack, String who) throws RefusedException;
    }

    private CompletableFuture<Reply> approve(Call call) {
        return desk.ask(() ->
                Reply.ok(shown(enrolment.approve(call.path("rack"), call.body().getString("key", ""), call.who()))));
    }

    private CompletableFuture<Reply> change(Call call, Change change) {
        return desk.ask(() -> Reply.ok(shown(change.make(call.path("rack"), call.who()))));
    }

    private Reply list(Call call) {
        List<RackEntry> found = registry.racks(call.query("after", ""), call.limit() + 1);
        return Reply.ok(Shown.page(found, call.limit(), this::shown, RackEntry::name));
    }

    private Reply remove(Call call) throws RefusedException {
        String name = call.path("rack");
        boolean out = enrolment.remove(name, call.who());
        return Reply.done(
                true,
                "rack " + name + " is forgotten; " + (out ? "" : LET_IN)
                        + "if it says hello again it waits to be approved. Keys that it had are"
                        + " still on its disk: where it is not yours any more, make the one of wires worth nothing to it with"
                        + " 'fluxrig admin keys rotate wires --retire'");
    }

    private CompletableFuture<Reply> order(Call call) {
        return orders.give(
                call.path("rack"), call.body().getString("order"), call.body().getString("value", ""), call.who());
    }

    private RackEntry find(Call call) throws RefusedException {
        return RackOrders.find(registry, call.path("rack"));
    }

    private JsonObject shown(RackEntry rack) {
        ActivationEntry wanted = registry.wanted(rack.name());
        JsonObject shown = Shown.rack(rack, fleet, wanted, reasons.of(rack.name(), wanted));
        boolean removed = rack.standing().equals(Standing.PENDING) && registry.isRevoked(rack.key());
        return removed ? shown.put("removed", true) : shown;
    }
}
