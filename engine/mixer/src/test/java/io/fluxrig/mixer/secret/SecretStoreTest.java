package io.fluxrig.mixer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DataKeyEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.SecretEntries;
import io.fluxrig.mixer.registry.SecretEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretStoreTest {
    private static final byte[] VALUE = {1, 2, 3};

    @TempDir
    private Path folder;

    private Registry registry;
    private Path keyFile;
    private long nowMs = 1_000_000;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs);

    @BeforeEach
    void open() {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        keyFile = folder.resolve("secret.key");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static <T> CompletableFuture<T> atOnce(Callable<T> task) {
        try {
            return CompletableFuture.completedFuture(task.call());
        } catch (Exception failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private SecretStore store(Executor keepers, KeyKeeper current, KeyKeeper... others) {
        return new SecretStore(
                registry.secrets(),
                new KeyWrapper("fleet", current, List.of(others)),
                keepers,
                SecretStoreTest::atOnce,
                clock,
                () -> nowMs * 1_000_000,
                new SecureRandom());
    }

    private SecretStore store() {
        return store(Runnable::run, new FileKeeper(keyFile, new SecureRandom()));
    }

    private static byte[] value(List<Secret> secrets, int index) {
        return secrets.get(index).value();
    }

    @Test
    void shouldOpenAllVersionsAfterARestart() {
        SecretStore before = store();
        assertThat(before.add("wires", VALUE).version()).isEqualTo(1);
        assertThat(before.add("wires", new byte[] {4}).version()).isEqualTo(2);

        List<Secret> secrets = store().open("wires");

        assertThat(secrets).extracting(Secret::version).containsExactly(1L, 2L);
        assertThat(value(secrets, 0)).isEqualTo(VALUE);
        assertThat(value(secrets, 1)).containsExactly(4);
        assertThat(store().open("other")).isEmpty();
    }

    @Test
    void shouldKeepNothingThatCanBeReadInTheRegistry() {
        byte[] value = "a value that would be found again".getBytes(StandardCharsets.US_ASCII);
        store().add("wires", value);
        SecretEntry kept = registry.secrets().versions("wires").get(0);

        assertThat(new String(kept.sealed(), StandardCharsets.ISO_8859_1)).doesNotContain("would be found");
        assertThat(kept.toString() + store().open("wires").get(0)).doesNotContain("would be found");
    }

    @Test
    void shouldNotTakeOneSecretForAnother() {
        store().add("a", VALUE);
        SecretEntry a = registry.secrets().versions("a").get(0);
        registry.secrets().add(new SecretEntry("b", 1, a.dataKey(), a.sealed(), 0));
        registry.secrets().add(new SecretEntry("a", 2, a.dataKey(), a.sealed(), 0));

        SecretStore store = store();
        assertThat(store.open("b")).isNull();
        assertThat(store.trouble()).contains("secret b version 1 was changed in the registry");
        assertThat(store.open("a")).isNull();
        assertThat(store.trouble()).contains("secret a version 2");
    }

    @Test
    void shouldSayNoMoreOfASecretThatHasBeenMended() {
        store().add("a", VALUE);
        Damaged entries = new Damaged(registry.secrets());
        SecretStore store = new SecretStore(
                entries,
                new KeyWrapper("fleet", new FileKeeper(keyFile, new SecureRandom()), List.of()),
                Runnable::run,
                SecretStoreTest::atOnce,
                clock,
                () -> nowMs * 1_000_000,
                new SecureRandom());
        assertThat(store.open("a")).isNull();
        assertThat(store.trouble()).contains("secret a version 1 was changed");

        entries.mended = true;

        assertThat(value(store.open("a"), 0)).isEqualTo(VALUE);
        assertThat(store.trouble()).isEmpty();
    }

    /** Secrets that somebody changed in the database, and mended there; as long as they are remembered, nobody sees that. */
    private static final class Damaged implements SecretEntries {
        private final SecretEntries kept;
        private final Map<String, List<SecretEntry>> known = new HashMap<>();
        private boolean mended;

        Damaged(SecretEntries kept) {
            this.kept = kept;
        }

        @Override
        public long forgotten() {
            return kept.forgotten();
        }

        @Override
        public void readAhead(List<String> names) {
            kept.readAhead(names);
        }

        @Override
        public void together(Runnable changes) {
            kept.together(changes);
        }

        @Override
        public List<SecretEntry> versions(String name) {
            return known.computeIfAbsent(
                    name, asked -> kept.versions(asked).stream().map(this::read).toList());
        }

        private SecretEntry read(SecretEntry entry) {
            byte[] sealed = entry.sealed().clone();
            sealed[sealed.length - 1] ^= (byte) (mended ? 0 : 1);
            return new SecretEntry(entry.name(), entry.version(), entry.dataKey(), sealed, entry.madeMs());
        }

        @Override
        public void forget(String name) {
            known.remove(name);
        }

        @Override
        public List<DataKeyEntry> dataKeys() {
            return kept.dataKeys();
        }

        @Override
        public void add(DataKeyEntry key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void replace(List<DataKeyEntry> keys, AuditEntry by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void add(SecretEntry secret) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void add(SecretEntry secret, AuditEntry by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<SecretEntry> last(String afterName, int limit) {
            return kept.last(afterName, limit);
        }
    }

    @Test
    void shouldAskAgainWhateverTheTimeOfDayIs() {
        store().add("wires", VALUE);
        Counting failing = new Counting(FileKeeper.KIND);
        SecretStore store = new SecretStore(
                registry.secrets(),
                new KeyWrapper("fleet", failing, List.of()),
                Runnable::run,
                SecretStoreTest::atOnce,
                () -> Instant.ofEpochMilli(1_000_000_000 - nowMs),
                () -> nowMs * 1_000_000,
                new SecureRandom());
        store.open("wires");
        nowMs += DataKeys.RETRY_MS;

        store.open("wires");

        assertThat(failing.asked).isEqualTo(2);
        assertThat(store.failures()).isEqualTo(2);
    }

    @Test
    void shouldNotWaitForAKeeper() {
        Queue<Runnable> later = new ArrayDeque<>();
        SecretStore store = store(later::add, new FileKeeper(keyFile, new SecureRandom()));

        assertThat(store.add("wires", VALUE)).isNull();
        assertThat(store.add("wires", VALUE)).isNull();
        assertThat(later).hasSize(1);

        later.remove().run();
        assertThat(store.add("wires", VALUE).version()).isEqualTo(1);
    }

    @Test
    void shouldAskAKeeperThatFailsAgainAfterAWhile() {
        store().add("wires", VALUE);
        Counting failing = new Counting(FileKeeper.KIND);
        SecretStore store = store(Runnable::run, failing);

        assertThat(store.open("wires")).isNull();
        assertThat(store.open("wires")).isNull();
        assertThat(failing.asked).isEqualTo(1);
        assertThat(store.trouble()).isEqualTo("the keeper is away");
        assertThat(store.add("wires", VALUE)).isNull();

        nowMs += DataKeys.RETRY_MS;
        failing.key = unwrapped();
        assertThat(value(store.open("wires"), 0)).isEqualTo(VALUE);
        assertThat(store.trouble()).isEmpty();
    }

    @Test
    void shouldOpenAfterItsKeeperHasANewKeyAndTheOldOneIsGone() throws Exception {
        SecretStore store = store();
        store.add("wires", VALUE);
        DataKeyEntry before = registry.secrets().dataKeys().get(0);
        Files.writeString(keyFile, "ab".repeat(32) + "\n", StandardOpenOption.APPEND);

        assertThat(store.rewrap("test").join()).singleElement().matches(Rewrapped::isUnderAnother);
        assertThat(store.rewrap("test").join()).singleElement().matches(same -> !same.isUnderAnother());

        Files.writeString(keyFile, "ab".repeat(32) + "\n");
        DataKeyEntry after = registry.secrets().dataKeys().get(0);
        assertThat(after.under()).isNotEqualTo(before.under());
        assertThat(value(store().open("wires"), 0)).isEqualTo(VALUE);
    }

    @Test
    void shouldMoveFromOneKeeperToAnother() throws Exception {
        store().add("wires", VALUE);
        Counting other = new Counting("counting");
        SecretStore moving = store(Runnable::run, other, new FileKeeper(keyFile, new SecureRandom()));

        moving.rewrap("test").join();

        Files.delete(keyFile);
        assertThat(registry.secrets().dataKeys().get(0).keeper()).isEqualTo("counting");
        assertThat(value(store(Runnable::run, other).open("wires"), 0)).isEqualTo(VALUE);
    }

    @Test
    void shouldLeaveEverythingAsItWasWhereSomethingCannotBeWrappedAgain() {
        SecretStore store = store();
        store.add("wires", VALUE);
        Counting refusing = new Counting("counting");

        CompletableFuture<List<Rewrapped>> rewrapped =
                store(Runnable::run, refusing).rewrap("test");

        assertThatThrownBy(rewrapped::join)
                .hasRootCauseInstanceOf(KeeperException.class)
                .hasStackTraceContaining("wrapped by the keeper 'file'");
        assertThat(value(store().open("wires"), 0)).isEqualTo(VALUE);
    }

    @Test
    void shouldRefuseANameThatIsNone() {
        assertThatThrownBy(() -> store().add("a version 1", VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().add("a", new byte[SecretStore.LENGTH_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private byte[] unwrapped() {
        try {
            return new FileKeeper(keyFile, new SecureRandom())
                    .unwrap(
                            registry.secrets().dataKeys().get(0).wrapped(),
                            new KeyKeeper.Context("data key 1", "fleet"));
        } catch (KeeperException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A keeper in memory, which also unwraps what another one has wrapped once it is given that key. */
    private static final class Counting implements KeyKeeper {
        private final String kind;
        private final Map<String, byte[]> wrapped = new HashMap<>();
        private byte[] key;
        private int asked;

        Counting(String kind) {
            this.kind = kind;
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public Wrapped wrap(byte[] given, Context context) {
            String token = "token " + wrapped.size();
            wrapped.put(token + context.text(), given.clone());
            return new Wrapped(token.getBytes(StandardCharsets.US_ASCII), token);
        }

        @Override
        public byte[] unwrap(byte[] token, Context context) throws KeeperException {
            asked++;
            byte[] known = wrapped.get(new String(token, StandardCharsets.US_ASCII) + context.text());
            if (known == null && key == null) {
                throw wrapped.isEmpty()
                        ? new KeeperException("the keeper is away")
                        : KeeperException.otherwise("not wrapped for " + context.text());
            }
            return Arrays.copyOf(known == null ? key : known, 32);
        }
    }
}
