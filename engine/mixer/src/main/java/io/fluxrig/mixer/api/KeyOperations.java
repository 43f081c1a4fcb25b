package io.fluxrig.mixer.api;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.enrol.Enrolment;
import io.fluxrig.mixer.registry.DataKeyEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import io.fluxrig.mixer.registry.SecretEntry;
import io.fluxrig.mixer.secret.FleetKeys;
import io.fluxrig.mixer.secret.KeeperException;
import io.fluxrig.mixer.secret.Rewrapped;
import io.fluxrig.mixer.secret.SecretStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the API does about keys: names and numbers of them, never a key. */
final class KeyOperations {
    private static final Logger LOG = LoggerFactory.getLogger(KeyOperations.class);
    private static final int UNDER_WAY = -1;
    /** Less than whoever asks waits for an answer. */
    private static final Duration ROTATE_MAX = Duration.ofSeconds(20);

    private final Desk desk;
    private final Registry registry;
    private final Enrolment enrolment;
    private final SecretStore store;
    private final FleetKeys keys;

    KeyOperations(Desk desk, Registry registry, Enrolment enrolment, SecretStore store, FleetKeys keys) {
        this.desk = desk;
        this.registry = registry;
        this.enrolment = enrolment;
        this.store = store;
        this.keys = keys;
    }

    Map<String, Operation> all() {
        return Map.of(
                "listKeys", call -> desk.ask(() -> list(call)),
                "rotateKeys", this::rotate,
                "rewrapKeys", this::rewrap);
    }

    private Reply list(Call call) {
        List<SecretEntry> found = registry.secrets().last(call.query("after", ""), call.limit() + 1);
        JsonObject page = Shown.page(found, call.limit(), KeyOperations::shown, SecretEntry::name);
        JsonArray dataKeys = new JsonArray();
        registry.secrets().dataKeys().forEach(each -> dataKeys.add(shown(each)));
        page.put("data_keys", dataKeys).put("open", store.trouble().isEmpty());
        String trouble = store.trouble();
        try {
            page.put("wrapping_keys", new JsonArray(store.wrappingKeys()));
        } catch (KeeperException wrong) {
            trouble = trouble.isEmpty() ? wrong.getMessage() : trouble;
        }
        return Reply.ok(trouble.isEmpty() ? page : page.put("trouble", trouble));
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

    private CompletableFuture<Reply> rotate(Call call) {
        boolean wires = call.body().getString("kind").equals(FleetKeys.WIRES);
        if (!wires && call.body().getBoolean("retire", false)) {
            return CompletableFuture.failedFuture(RefusedException.invalid(
                    "what keys of journals have sealed is on the disks of racks, and none but they open it:"
                            + " leave 'retire' out"));
        }
        return wires
                ? desk.ask(() -> rotateWires(call)).thenCompose(this::tell)
                : desk.ask(() -> racks(call.body().getString("rack", "")))
                        .thenCompose(racks -> new JournalRotation(racks, call.who()).begin());
    }

    /** What there is to say, and whom it is to be said to. */
    private record WiresRotation(long version, List<RackEntry> racks, String text) {}

    private WiresRotation rotateWires(Call call) throws RefusedException {
        if (!call.body().getString("rack", "").isEmpty()) {
            throw RefusedException.invalid("all racks share the key of wires between them: leave 'rack' out");
        }
        boolean retire = call.body().getBoolean("retire", false);
        long version = made(retire ? keys.retire(call.who()) : keys.rotate(FleetKeys.WIRES, call.who()));
        List<RackEntry> racks = active();
        return new WiresRotation(
                version,
                racks,
                "wires between racks: key " + version + " goes to " + counted(racks.size())
                        + ", and seals a minute later"
                        + (retire ? "; those of before open nothing 10 minutes after a rack has heard of it" : ""));
    }

    /** What there is to say once all were told, or after a while: then it goes on. */
    private CompletableFuture<Reply> tell(WiresRotation made) {
        KeyNews news = new KeyNews(registry, keys, enrolment::tellOfKeys, made.racks());
        return new Rounds(desk, news::goOn)
                .all()
                .exceptionally(failure -> {
                    // the key is kept: who was not told now is told at its next heartbeat
                    LOG.warn(
                            "wires between racks: some racks are told of key {} later: {}",
                            made.version(),
                            FailureWords.of(failure),
                            failure);
                    return null;
                })
                .completeOnTimeout(null, ROTATE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(told -> Reply.done(true, made.text()));
    }

    private List<RackEntry> racks(String name) throws RefusedException {
        return name.isEmpty() ? active() : List.of(find(name));
    }

    /** One rack after the other, so that whatever else comes to the desk is done in between. */
    private final class JournalRotation {
        private final List<RackEntry> racks;
        private final String who;
        private final CompletableFuture<Integer> rotated = new CompletableFuture<>();
        private final AtomicInteger made = new AtomicInteger();

        JournalRotation(List<RackEntry> racks, String who) {
            this.racks = racks;
            this.who = who;
        }

        /** What there is to say once all are done, or after a while: then it goes on. */
        CompletableFuture<Reply> begin() {
            next(0);
            return rotated.completeOnTimeout(UNDER_WAY, ROTATE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(count -> Reply.done(
                            true,
                            count == UNDER_WAY
                                    ? "journals: another key has gone to " + made.get() + " of " + racks.size()
                                            + " racks by now, and goes to the others; 'fluxrig admin audit' tells"
                                    : "journals: another key goes to " + counted(count)
                                            + ", and seals from the next start of each on"));
        }

        private void next(int index) {
            if (index == racks.size()) {
                rotated.complete(made.get());
                return;
            }
            desk.ask(() -> rotateOne(racks.get(index)))
                    .thenAccept(one -> {
                        made.addAndGet(one);
                        next(index + 1);
                    })
                    .exceptionally(failure -> {
                        stop(failure instanceof CompletionException ? failure.getCause() : failure);
                        return null;
                    });
        }

        private void stop(Throwable failure) {
            if (!rotated.completeExceptionally(failed(failure))) {
                LOG.error(
                        "journals: after {} of {} racks: {}",
                        made.get(),
                        racks.size(),
                        FailureWords.of(failure),
                        failure);
            }
        }

        /** How many; none where it is not the rack any more that it was. */
        private int rotateOne(RackEntry each) throws RefusedException {
            RackEntry now = registry.rack(each.name());
            if (now == null || !now.standing().equals(Standing.ACTIVE) || !Arrays.equals(now.key(), each.key())) {
                return 0;
            }
            made(keys.rotate(FleetKeys.journal(now), who));
            enrolment.tellOfKeys(now);
            return 1;
        }

        private Throwable failed(Throwable failure) {
            if (made.get() == 0) {
                return failure;
            }
            String text = "another key has gone to " + made.get() + " of " + racks.size() + " racks, then: "
                    + FailureWords.of(failure);
            if (failure instanceof RefusedException) {
                return RefusedException.conflict(text);
            }
            return failure instanceof RegistryException ? new RegistryException(text) : failure;
        }
    }

    private long made(long version) throws RefusedException {
        if (version == 0) {
            throw RefusedException.conflict(
                    store.trouble().isEmpty()
                            ? "whoever keeps the keys is being asked; try again"
                            : "no key can be made: " + store.trouble());
        }
        return version;
    }

    private static String counted(int racks) {
        return racks + (racks == 1 ? " rack" : " racks");
    }

    private List<RackEntry> active() {
        return registry.allRacks().stream()
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
                .thenCompose(leads -> store.rewrap(call.who()))
                .thenApply(KeyOperations::rewrapped)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(refused(failure)));
    }

    private static Reply rewrapped(List<Rewrapped> all) {
        String which = all.stream().map(Rewrapped::toString).collect(Collectors.joining("; "));
        return Reply.done(
                true,
                all.stream().noneMatch(Rewrapped::isUnderAnother)
                        ? "nothing changed: " + (all.isEmpty() ? "there is no data key yet" : which)
                        : which + "; earlier keys of the keeper are needed for back-ups alone");
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
}
