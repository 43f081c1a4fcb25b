package io.fluxrig.mixer.api;

import io.fluxrig.engine.control.Order;
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
    private final Desk desk;
    private final Registry registry;
    private final Enrolment enrolment;
    private final Fleet fleet;
    private final Reasons reasons;
    private final RackLine line;
    private final InstantSource clock;

    RackOperations(Desk desk, Registry registry, Enrolment enrolment, Fleet fleet, RackLine line, InstantSource clock) {
        this.desk = desk;
        this.registry = registry;
        this.enrolment = enrolment;
        this.fleet = fleet;
        this.reasons = new Reasons(registry, fleet);
        this.line = line;
        this.clock = clock;
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
        enrolment.remove(name, call.who());
        return done(
                true,
                "rack " + name + " is forgotten; if it says hello again it waits to be approved. Keys that it had are"
                        + " still on its disk: where it is not yours any more, make the one of wires worth nothing to it with"
                        + " 'fluxrig admin keys rotate wires --retire'");
    }

    private CompletableFuture<Reply> order(Call call) {
        String word = call.body().getString("order");
        String value = call.body().getString("value", "");
        String unusable = Order.refusal(word, value);
        if (unusable != null) {
            return CompletableFuture.completedFuture(Reply.problem(400, "Bad Request", unusable));
        }
        return desk.ask(() -> {
                    RackEntry rack = find(call);
                    if (!rack.standing().equals(Standing.ACTIVE)) {
                        boolean suspended = rack.standing().equals(Standing.SUSPENDED);
                        throw RefusedException.conflict("rack '" + rack.name() + "' is " + rack.standing()
                                + (suspended ? ": fluxrig admin racks activate " + rack.name() : ""));
                    }
                    registry.audit(call.who(), "rack." + word, rack.name(), shortened(value), clock.millis());
                    return rack;
                })
                .thenCompose(rack -> line.order(rack, word, value).handle((done, failure) -> {
                    if (failure == null) {
                        return done(done.ok(), done.text());
                    }
                    return Reply.problem(
                            409,
                            "Conflict",
                            "rack '" + rack.name()
                                    + "' does not answer; whether it did what it was told shows in its state"
                                    + " once it is there");
                }));
    }

    private static Reply done(boolean ok, String text) {
        return Reply.ok(new JsonObject().put("ok", ok).put("text", text));
    }

    private static String shortened(String value) {
        String plain = value.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= 64 ? plain : plain.substring(0, 64);
    }

    private RackEntry find(Call call) throws RefusedException {
        RackEntry rack = registry.rack(call.path("rack"));
        if (rack == null) {
            throw RefusedException.missing("no rack '" + call.path("rack") + "' has said hello");
        }
        return rack;
    }

    private JsonObject shown(RackEntry rack) {
        ActivationEntry wanted = registry.wanted(rack.name());
        JsonObject shown = Shown.rack(rack, fleet, wanted, reasons.of(rack.name(), wanted));
        boolean removed = rack.standing().equals(Standing.PENDING) && registry.isRevoked(rack.key());
        return removed ? shown.put("removed", true) : shown;
    }
}
