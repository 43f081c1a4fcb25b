package io.fluxrig.mixer.secret;

import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DataKeyEntry;
import io.fluxrig.mixer.registry.SecretEntries;
import io.fluxrig.mixer.secret.SecretStore.Attendant;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data keys that are open in this process: unwrapped once by their keeper, on its own thread, then at hand. A keeper that does not do
 * what it is asked for is asked again after {@value #RETRY_MS} ms at the earliest. One request and one rewrap wait for keepers at most. Desk only.
 */
final class DataKeys {
    static final long RETRY_MS = 10_000;

    /** Between two looks at what another mixer has wrapped. */
    static final long LOOK_MS = 60_000;

    /** Less than whoever asks over the API waits for an answer. */
    static final Duration REWRAP_MAX = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);

    private final SecretEntries entries;
    private final KeyKeepers keepers;
    private final Executor keepersThread;
    private final Attendant desk;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<Long, byte[]> open = new HashMap<>();
    /** What those were wrapped as that another mixer's wrapping was opened of. */
    private final Map<Long, byte[]> seen = new HashMap<>();

    private final AtomicLong lookAtMs = new AtomicLong();
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean rewrapping = new AtomicBoolean();
    private long retryAtMs;
    private volatile String trouble = "";

    DataKeys(
            SecretEntries entries,
            KeyKeepers keepers,
            Executor keepersThread,
            Attendant desk,
            InstantSource clock,
            SecureRandom random) {
        this.entries = entries;
        this.keepers = keepers;
        this.keepersThread = keepersThread;
        this.desk = desk;
        this.clock = clock;
        this.random = random;
    }

    /** The key of that id; null while it is not open: its keeper is being asked, or was in vain not long ago. */
    byte[] key(long id) {
        byte[] key = open.get(id);
        if (key == null) {
            for (DataKeyEntry entry : entries.dataKeys()) {
                if (entry.id() == id) {
                    ask(() -> keepers.unwrap(entry), opened -> open.put(id, opened));
                    return open.get(id);
                }
            }
            fail("data key " + id + " is not in the registry; bring the registry back from a back-up");
        }
        return key;
    }

    /** Id of the key for what is new, which is made where there is none; 0 while it is not open. */
    long newest() {
        List<DataKeyEntry> all = entries.dataKeys();
        if (all.isEmpty()) {
            byte[] made = new byte[Sealing.KEY_LENGTH];
            random.nextBytes(made);
            long nowMs = clock.millis();
            ask(() -> keepers.wrap(1, made, nowMs), wrapped -> {
                entries.add(wrapped);
                open.put(wrapped.id(), made);
                LOG.info(
                        "secrets are sealed with a data key that keeper {} wraps ({})",
                        wrapped.keeper(),
                        wrapped.under());
            });
            return open.containsKey(1L) ? 1 : 0;
        }
        long last = all.get(all.size() - 1).id();
        return key(last) == null ? 0 : last;
    }

    /**
     * For a mixer that stands by: sees whether it can unwrap what the one that leads has wrapped, and has it open when its turn comes; changes
     * nothing. Keepers are asked for what is new, every {@value #LOOK_MS} ms at most. Any thread.
     */
    void look() {
        long now = clock.millis();
        long atMs = lookAtMs.get();
        if (now >= atMs && lookAtMs.compareAndSet(atMs, now + LOOK_MS) && asking.compareAndSet(false, true)) {
            deal(
                    desk.attend(this::unseen).thenApplyAsync(this::opened, keepersThread),
                    all -> all.forEach(each -> {
                        open.put(each.entry().id(), each.key());
                        seen.put(each.entry().id(), each.entry().wrapped());
                    }));
        }
    }

    private List<DataKeyEntry> unseen() {
        return entries.dataKeys().stream()
                .filter(each -> !Arrays.equals(each.wrapped(), seen.get(each.id())))
                .toList();
    }

    private List<Opened> opened(List<DataKeyEntry> wrapped) {
        return wrapped.stream()
                .map(each -> new Opened(each, call(() -> keepers.unwrap(each))))
                .toList();
    }

    private record Opened(DataKeyEntry entry, byte[] key) {}

    /** Why keys are not open, for people; empty if they are, or nobody has asked for any. Any thread. */
    String trouble() {
        return trouble;
    }

    /** Something that is kept cannot be used. */
    void fail(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.error("secrets cannot be opened: {}", why);
        }
    }

    /**
     * Has every data key wrapped anew by the keeper that is configured, with a line in the audit log; which. Fails with a
     * {@link KeeperException} where one cannot be, or not within {@link #REWRAP_MAX}, and leaves all as they were. Any thread.
     */
    CompletableFuture<List<Rewrapped>> rewrap(String who) {
        if (!rewrapping.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(new KeeperException("keys are being wrapped anew already"));
        }
        return desk.attend(entries::dataKeys)
                .thenApplyAsync(this::wrapped, keepersThread)
                .orTimeout(REWRAP_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(late(failure)))
                .thenCompose(anew -> desk.attend(() -> replaced(anew, who)))
                .whenComplete((done, failure) -> rewrapping.set(false));
    }

    private static Throwable late(Throwable failure) {
        return failure instanceof TimeoutException
                ? new KeeperException("the keepers have not done it within " + REWRAP_MAX.toSeconds()
                        + " s; are they there, and is secrets.timeout longer than they need?")
                : failure;
    }

    private List<Anew> wrapped(List<DataKeyEntry> all) {
        List<Anew> anew = new ArrayList<>();
        for (DataKeyEntry each : all) {
            byte[] key = call(() -> keepers.unwrap(each));
            anew.add(new Anew(each, call(() -> keepers.wrap(each.id(), key, each.madeMs()))));
            Arrays.fill(key, (byte) 0);
        }
        return anew;
    }

    private record Anew(DataKeyEntry before, DataKeyEntry after) {}

    private List<Rewrapped> replaced(List<Anew> anew, String who) {
        List<Rewrapped> all = anew.stream()
                .map(each -> new Rewrapped(each.before().id(), place(each.before()), place(each.after())))
                .toList();
        String detail = all.stream().map(Rewrapped::toString).collect(Collectors.joining("; "));
        entries.replace(
                anew.stream().map(Anew::after).toList(),
                new AuditEntry(0, clock.millis(), who, "keys.rewrap", "", detail));
        retryAtMs = 0;
        return all;
    }

    private static String place(DataKeyEntry entry) {
        return entry.keeper() + ": " + entry.under();
    }

    /** What is done with what a keeper gave. */
    private interface Taker<T> {
        void take(T given);
    }

    private <T> void ask(Callable<T> keeper, Taker<T> taker) {
        if (clock.millis() < retryAtMs || !asking.compareAndSet(false, true)) {
            return;
        }
        deal(CompletableFuture.supplyAsync(() -> call(keeper), keepersThread), taker);
    }

    private <T> void deal(CompletableFuture<T> asked, Taker<T> taker) {
        asked.thenCompose(given -> desk.attend(() -> {
                    taker.take(given);
                    trouble = "";
                    return null;
                }))
                .thenRun(() -> asking.set(false))
                .exceptionally(failure -> {
                    asking.set(false);
                    failed(failure);
                    return null;
                });
    }

    private static <T> T call(Callable<T> keeper) {
        try {
            return keeper.call();
        } catch (Exception refused) {
            throw new CompletionException(refused);
        }
    }

    private void failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        desk.attend(() -> {
                    retryAtMs = clock.millis() + RETRY_MS;
                    fail(cause.getMessage() == null ? cause.toString() : cause.getMessage());
                    return null;
                })
                .exceptionally(busy -> {
                    LOG.error("secrets cannot be opened: {}", cause.getMessage());
                    return null;
                });
    }
}
