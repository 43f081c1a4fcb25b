package io.fluxrig.mixer.api;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.enrol.Enrolment;
import io.fluxrig.mixer.registry.DataKeyEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.SecretEntry;
import io.fluxrig.mixer.secret.FleetKeys;
import io.fluxrig.mixer.secret.KeeperException;
import io.fluxrig.mixer.secret.SecretStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What the API does about keys: names and numbers of them, never a key. */
final class KeyOperations {
    private static final int RACKS_MAX = 10_000;

    private final Desk desk;
    private final Registry registry;
    private final Enrolment enrolment;
    private final SecretStore store;
    private final FleetKeys keys;
    private final InstantSource clock;

    KeyOperations(
            Desk desk, Registry registry, Enrolment enrolment, SecretStore store, FleetKeys keys, InstantSource clock) {
        this.desk = desk;
        this.registry = registry;
        this.enrolment = enrolment;
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    Map<String, Operation> all() {
        return Map.of(
                "listKeys", call -> desk.ask(() -> list(call)),
                "rotateKeys", call -> desk.ask(() -> rotate(call)),
                "rewrapKeys", this::rewrap);
    }

    private Reply list(Call call) {
        List<SecretEntry> found = registry.secrets().last(call.query("after", ""), call.limit() + 1);
        JsonObject page = Shown.page(found, call.limit(), KeyOperations::shown, SecretEntry::name);
        JsonArray dataKeys = new JsonArray();
        registry.secrets().dataKeys().forEach(each -> dataKeys.add(shown(each)));
        page.put("data_keys", dataKeys).put("open", store.trouble().isEmpty());
        return Reply.ok(store.trouble().isEmpty() ? page : page.put("trouble", store.trouble()));
    }

    private static JsonObject shown(SecretEntry secret) {
        return new JsonObject()
                .put("name", secret.name())
                .put("version", secret.version())
                .put("made", Shown.time(secret.madeMs()))
                .put("data_key", secret.dataKey());
    }

    private static JsonObject shown(DataKeyEntry key) {
        return new JsonObject()
                .put("id", key.id())
                .put("keeper", key.keeper())
                .put("under", key.under())
                .put("made", Shown.time(key.madeMs()));
    }

    private Reply rotate(Call call) throws RefusedException {
        String rack = call.body().getString("rack", "");
        if (call.body().getString("kind").equals(FleetKeys.WIRES)) {
            if (!rack.isEmpty()) {
                throw RefusedException.conflict("all racks share the key of wires between them: leave 'rack' out");
            }
            long version = rotate(FleetKeys.WIRES, call.who());
            return done(
                    "wires between racks: key " + version + " goes to " + tell() + " racks, and seals a minute later");
        }
        List<RackEntry> racks = rack.isEmpty() ? active() : List.of(find(rack));
        for (RackEntry each : racks) {
            rotate(FleetKeys.journal(each), call.who());
            enrolment.tellOfKeys(each);
        }
        return done(
                "journals: another key goes to " + racks.size() + " racks, and seals from the next start of each on");
    }

    private long rotate(String name, String who) throws RefusedException {
        long version = keys.rotate(name);
        if (version == 0) {
            throw RefusedException.conflict(
                    store.trouble().isEmpty()
                            ? "whoever keeps the keys is being asked; try again"
                            : "no key can be made: " + store.trouble());
        }
        registry.audit(who, "keys.rotate", name, "version " + version, clock.millis());
        return version;
    }

    private int tell() {
        List<RackEntry> racks = active();
        racks.forEach(enrolment::tellOfKeys);
        return racks.size();
    }

    private List<RackEntry> active() {
        return registry.racks("", RACKS_MAX).stream()
                .filter(rack -> rack.standing().equals(Standing.ACTIVE))
                .toList();
    }

    private RackEntry find(String name) throws RefusedException {
        RackEntry rack = registry.rack(name);
        if (rack == null) {
            throw RefusedException.missing("no rack '" + name + "' has said hello");
        }
        if (!rack.standing().equals(Standing.ACTIVE)) {
            throw RefusedException.conflict("rack '" + name + "' is " + rack.standing() + ", not active");
        }
        return rack;
    }

    /** The desk does not wait meanwhile. */
    private CompletableFuture<Reply> rewrap(Call call) {
        return desk.ask(() -> "leads")
                .thenCompose(leads -> store.rewrap())
                .thenCompose(count -> desk.ask(() -> {
                    registry.audit(call.who(), "keys.rewrap", "", count + " data keys", clock.millis());
                    return done(count
                            + " data keys are wrapped anew; earlier keys of their keeper are not needed any more");
                }))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(refused(failure)));
    }

    private static Throwable refused(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof KeeperException
                ? RefusedException.conflict("nothing is changed: " + cause.getMessage())
                : cause;
    }

    private static Reply done(String text) {
        return Reply.ok(new JsonObject().put("ok", true).put("text", text));
    }
}
