package io.fluxrig.mixer.secret;

import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DataKeyEntry;
import io.fluxrig.mixer.registry.RegistryException;
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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data keys that are open in this process: unwrapped once by their keeper, on its own thread, then at hand. A keeper that does not do
 * what it is asked for is asked again after {@value #RETRY_MS} ms at the earliest. One request and one rewrap wait for keepers at most.
 *
 * <p>Threading: {@link #key}, {@link #keyNow} and {@link #newest} on the desk, all else on any thread.
 */
final class DataKeys {
    static final long RETRY_MS = 10_000;

    /** Between two looks at what another mixer has wrapped. */
    static final long LOOK_MS = 60_000;

    /** Less than whoever asks over the API waits for an answer. */
    static final Duration REWRAP_MAX = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);
    private static final String OPENED = "opened";
    private static final long NS_PER_MS = 1_000_000;

    private final KeyWrapper wrapper;
    private final Executor keepersThread;
    private final Attendant desk;
    private final InstantSource clock;
    private final LongSupplier clockNs;
    private final SecureRandom random;

    // the desk's
    private final SecretEntries entries;
    private final Map<Long, OpenKey> open = new HashMap<>();
    /** What those were wrapped as that another mixer's wrapping was opened of. */
    private final Map<Long, byte[]> seen = new HashMap<>();

    private long retryAtNs;

    // any thread's
    private final AtomicLong lookAtNs;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean rewrapping = new AtomicBoolean();
    private final AtomicLong failures = new AtomicLong();
    private volatile String trouble = "";

    DataKeys(
            SecretEntries entries,
            KeyWrapper wrapper,
            Executor keepersThread,
            Attendant desk,
            InstantSource clock,
            LongSupplier clockNs,
            SecureRandom random) {
        this.entries = entries;
        this.wrapper = wrapper;
        this.keepersThread = keepersThread;
        this.desk = desk;
        this.clock = clock;
        this.clockNs = clockNs;
        this.random = random;
        this.retryAtNs = clockNs.getAsLong();
        this.lookAtNs = new AtomicLong(clockNs.getAsLong());
    }

    /** @param madeMs when it was made, which stays as it is wrapped anew: with its id it is no other's */
    private record OpenKey(byte[] key, long madeMs) {
        static OpenKey of(DataKeyEntry entry, byte[] key) {
            return new OpenKey(key, entry.madeMs());
        }
    }

    /** The key of that id; null while it is not open: its keeper is being asked, or was in vain not long ago. */
    byte[] key(long id) {
        OpenKey there = open.get(id);
        return there == null ? opened(id) : there.key();
    }

    /** As {@link #key}, once the one that is open has opened nothing: the registry may have another one of that id by now. */
    byte[] keyNow(long id) {
        DataKeyEntry entry = entry(id);
        return entry == null ? null : key(entry);
    }

    private byte[] opened(long id) {
        DataKeyEntry entry = entry(id);
        if (entry == null) {
            fail(OPENED, "data key " + id + " is not in the registry; bring the registry back from a back-up");
            return null;
        }
        return key(entry);
    }

    private DataKeyEntry entry(long id) {
        return entries.dataKeys().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElse(null);
    }

    /** Of the registry's own one, not of one that it had under that id. */
    private byte[] key(DataKeyEntry entry) {
        OpenKey there = open.get(entry.id());
        if (there != null && there.madeMs() != entry.madeMs()) {
            LOG.warn("data key {} is another one in the registry than it was", entry.id());
            open.remove(entry.id());
            there = null;
        }
        if (there == null) {
            ask(OPENED, () -> wrapper.unwrap(entry), opened -> open.put(entry.id(), OpenKey.of(entry, opened)));
            there = open.get(entry.id());
        }
        return there == null ? null : there.key();
    }

    /** Id of the key for what is new, which is made where there is none; 0 while it is not open. */
    long newest() {
        List<DataKeyEntry> all = entries.dataKeys();
        if (all.isEmpty()) {
            // those of a registry that was emptied since would be sealed with, and be nowhere
            open.clear();
            byte[] made = new byte[Sealing.KEY_LENGTH];
            random.nextBytes(made);
            long nowMs = clock.millis();
            ask("sealed", () -> wrapper.wrap(1, made, nowMs), wrapped -> {
                entries.add(wrapped);
                open.put(wrapped.id(), OpenKey.of(wrapped, made));
                LOG.info(
                        "secrets are sealed with a data key that keeper {} wraps ({})",
                        wrapped.keeper(),
                        wrapped.under());
            });
            return open.containsKey(1L) ? 1 : 0;
        }
        DataKeyEntry last = all.get(all.size() - 1);
        return key(last) == null ? 0 : last.id();
    }

    /**
     * Sees whether this mixer can unwrap what is wrapped now, and has it open when it is asked for; changes nothing. Keepers are asked for what
     * is new, every {@value #LOOK_MS} ms at most, and {@value #RETRY_MS} ms after something failed. Any thread.
     */
    void look() {
        long nowNs = clockNs.getAsLong();
        long atNs = lookAtNs.get();
        if (nowNs - atNs >= 0
                && lookAtNs.compareAndSet(atNs, nowNs + LOOK_MS * NS_PER_MS)
                && asking.compareAndSet(false, true)) {
            deal(
                    OPENED,
                    desk.attend(this::unseen).thenApplyAsync(this::opened, keepersThread),
                    all -> all.forEach(each -> {
                        open.put(each.entry().id(), OpenKey.of(each.entry(), each.key()));
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
                .map(each -> new Opened(each, call(() -> wrapper.unwrap(each))))
                .toList();
    }

    private record Opened(DataKeyEntry entry, byte[] key) {}

    /** Why keys are not open, for people; empty if they are, or nobody has asked for any. Any thread. */
    String trouble() {
        return trouble;
    }

    /** How often keepers did not do what they were asked for. */
    long failures() {
        return failures.get();
    }

    private void fail(String what, String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.error("secrets cannot be {}: {}", what, why);
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
            byte[] key = call(() -> wrapper.unwrap(each));
            try {
                anew.add(new Anew(each, call(() -> wrapper.wrap(each.id(), key, each.madeMs()))));
            } finally {
                Arrays.fill(key, (byte) 0);
            }
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
        retryAtNs = clockNs.getAsLong();
        return all;
    }

    private static String place(DataKeyEntry entry) {
        return entry.keeper() + ": " + entry.under();
    }

    /** @param what becomes of secrets with it, for the log */
    private <T> void ask(String what, Callable<T> keeper, Consumer<T> taker) {
        if (clockNs.getAsLong() - retryAtNs >= 0 && asking.compareAndSet(false, true)) {
            // a thread that takes no more fails this, and nobody who asks
            deal(what, CompletableFuture.completedFuture(keeper).thenApplyAsync(DataKeys::call, keepersThread), taker);
        }
    }

    private <T> void deal(String what, CompletableFuture<T> asked, Consumer<T> taker) {
        asked.thenCompose(given -> desk.attend(() -> {
                    taker.accept(given);
                    trouble = "";
                    return null;
                }))
                .thenRun(() -> asking.set(false))
                .exceptionally(failure -> {
                    asking.set(false);
                    failed(what, failure);
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

    private void failed(String what, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean ofTheRegistry = cause instanceof RegistryException;
        failures.addAndGet(ofTheRegistry ? 0 : 1);
        lookAtNs.set(clockNs.getAsLong() + RETRY_MS * NS_PER_MS);
        desk.attend(() -> {
                    retryAtNs = clockNs.getAsLong() + RETRY_MS * NS_PER_MS;
                    if (ofTheRegistry && !open.isEmpty()) {
                        // says itself that it is away; the keys are open as before
                        LOG.debug("what others have wrapped is looked at later: {}", cause.getMessage());
                    } else {
                        fail(what, FailureWords.of(cause));
                    }
                    return null;
                })
                .exceptionally(busy -> {
                    LOG.error("secrets cannot be {}: {}", what, FailureWords.of(cause));
                    return null;
                });
    }
}
