package io.fluxrig.mixer.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import io.fluxrig.mixer.registry.SecretEntries;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mixer that stands by sees of the keys that it would need, and what it says of that once it leads. */
class StandbyKeysTest {
    private static final byte[] VALUE = {1, 2, 3};

    @TempDir
    private Path folder;

    private Registry registry;
    private Path keyFile;
    private long nowMs = 1_000_000;
    private Executor keepersThread = Runnable::run;
    /** Whether the registry is, to those who ask it on the desk. */
    private boolean away;

    @BeforeEach
    void open() {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        keyFile = folder.resolve("secret.key");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private SecretStore store() {
        return store(keyFile);
    }

    private SecretStore store(Path file) {
        return new SecretStore(
                entries(),
                new KeyWrapper("fleet", new FileKeeper(file, new SecureRandom()), List.of()),
                task -> keepersThread.execute(task),
                new Desk(),
                () -> Instant.ofEpochMilli(nowMs),
                () -> nowMs * 1_000_000,
                new SecureRandom());
    }

    /** Of whichever registry there is by then. */
    private SecretEntries entries() {
        return (SecretEntries) Proxy.newProxyInstance(
                StandbyKeysTest.class.getClassLoader(),
                new Class<?>[] {SecretEntries.class},
                (proxy, method, given) -> method.invoke(registry.secrets(), given));
    }

    /** As after DELETE FROM secrets and data_keys. */
    private void emptyTheRegistry() {
        registry.close();
        registry = DuckRegistry.open(folder.resolve("emptied.duckdb"));
        nowMs++;
    }

    /** At once. */
    private final class Desk implements SecretStore.Attendant {
        @Override
        public <T> CompletableFuture<T> attend(Callable<T> task) {
            try {
                T answer = task.call();
                // what comes of nothing asked the registry for nothing
                return away && answer != null
                        ? CompletableFuture.failedFuture(new RegistryException("registry: the database is away"))
                        : CompletableFuture.completedFuture(answer);
            } catch (Exception failed) {
                return CompletableFuture.failedFuture(failed);
            }
        }
    }

    private static byte[] value(List<Secret> secrets, int index) {
        return secrets.get(index).value();
    }

    @Test
    void shouldSeeAheadWhetherAMixerThatStandsByCouldLead() throws Exception {
        store().add("wires", VALUE);
        Path hidden = Files.move(keyFile, folder.resolve("hidden"));
        SecretStore standby = store();

        standby.look();
        assertThat(standby.trouble()).contains("secret.key does not hold the key");
        assertThat(keyFile).as("made by nobody who stands by").doesNotExist();

        Files.move(hidden, keyFile);
        standby.look();
        assertThat(standby.trouble()).as("not asked all the time").isNotEmpty();
        nowMs += DataKeys.LOOK_MS;
        standby.look();
        assertThat(standby.trouble()).isEmpty();
        Files.delete(keyFile);
        assertThat(value(standby.open("wires"), 0)).as("open by now").isEqualTo(VALUE);
    }

    @Test
    void shouldNotTakeARegistryThatIsAwayForKeysThatCannotBeOpened() {
        store().add("wires", VALUE);
        SecretStore standby = store();
        standby.look();

        away = true;
        nowMs += DataKeys.LOOK_MS;
        standby.look();

        assertThat(standby.trouble()).as("they are open").isEmpty();
        assertThat(standby.failures()).isZero();
        assertThat(value(standby.open("wires"), 0)).isEqualTo(VALUE);
    }

    @Test
    void shouldOpenWhatARegistryThatWasAwayKeptFromItWhileItStoodBy() {
        store().add("wires", VALUE);
        away = true;
        SecretStore standby = store();
        standby.look();
        assertThat(standby.trouble()).contains("is away");

        away = false;
        nowMs += DataKeys.RETRY_MS;
        standby.look();

        assertThat(standby.trouble()).isEmpty();
    }

    @Test
    void shouldSayNoMoreOnceItLeadsOfWhatCouldNotBeOpenedWhileItStoodBy() throws Exception {
        SecretStore leading = store();
        leading.add("wires", VALUE);
        Path copied = Files.copy(keyFile, folder.resolve("copy.key"));
        Files.setPosixFilePermissions(copied, Files.getPosixFilePermissions(keyFile));
        SecretStore standby = store(copied);
        standby.look();
        Files.writeString(keyFile, "ab".repeat(32) + "\n", StandardOpenOption.APPEND);
        leading.rewrap("test").join();
        nowMs += DataKeys.LOOK_MS;
        standby.look();
        assertThat(standby.trouble()).contains("copy.key does not hold the key");

        Files.writeString(copied, Files.readString(keyFile));
        assertThat(value(standby.open("wires"), 0)).as("open as before").isEqualTo(VALUE);
        standby.lookAgain();
        assertThat(standby.trouble()).as("not asked all the time").isNotEmpty();
        nowMs += DataKeys.RETRY_MS;
        standby.lookAgain();

        assertThat(standby.trouble()).isEmpty();
    }

    @Test
    void shouldLookAgainAtWhatTheOneThatLeadsHasWrappedAnew() throws Exception {
        SecretStore leading = store();
        leading.add("wires", VALUE);
        Path copied = Files.copy(keyFile, folder.resolve("copy.key"));
        Files.setPosixFilePermissions(copied, Files.getPosixFilePermissions(keyFile));
        SecretStore standby = store(copied);
        standby.look();
        assertThat(standby.trouble()).isEmpty();

        Files.writeString(keyFile, "ab".repeat(32) + "\n", StandardOpenOption.APPEND);
        leading.rewrap("test").join();
        nowMs += DataKeys.LOOK_MS;
        standby.look();

        assertThat(standby.trouble()).contains("copy.key does not hold the key");
    }

    @Test
    void shouldSealUnderNoDataKeyThatIsNotInTheRegistryAnyMore() {
        store().add("wires", VALUE);
        SecretStore standby = store();
        standby.look();

        emptyTheRegistry();
        List<Runnable> asked = new ArrayList<>();
        keepersThread = asked::add;
        assertThat(standby.add("wires", VALUE)).as("the keeper is being asked").isNull();

        asked.forEach(Runnable::run);
        keepersThread = Runnable::run;
        standby.add("wires", VALUE);
        assertThat(value(store().open("wires"), 0)).isEqualTo(VALUE);
    }

    @Test
    void shouldOpenAndSealWithTheDataKeyThatAnotherMixerHasMadeUnderTheSameId() {
        store().add("wires", VALUE);
        SecretStore standby = store();
        standby.look();

        emptyTheRegistry();
        store().add("wires", VALUE);
        assertThat(value(standby.open("wires"), 0)).isEqualTo(VALUE);
        standby.add("wires", VALUE);

        assertThat(value(store().open("wires"), 1)).isEqualTo(VALUE);
        assertThat(standby.trouble()).isEmpty();
    }

    @Test
    void shouldSealWithTheDataKeyThatAnotherMixerHasMadeUnderTheSameId() {
        store().add("wires", VALUE);
        SecretStore standby = store();
        standby.look();

        emptyTheRegistry();
        store().add("wires", VALUE);
        standby.add("journal", VALUE);

        assertThat(value(store().open("journal"), 0)).isEqualTo(VALUE);
    }
}
