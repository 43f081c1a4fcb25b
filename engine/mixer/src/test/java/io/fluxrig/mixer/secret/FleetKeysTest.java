package io.fluxrig.mixer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.GivenKeys;
import io.fluxrig.engine.passport.KeyBox;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import io.fluxrig.mixer.registry.SecretEntries;
import io.fluxrig.mixer.registry.SecretEntry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetKeysTest {
    @TempDir
    private Path folder;

    private final KeyBox box = KeyBox.make();
    private long nowMs = 1_000_000;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs);
    private Registry registry;
    private SecretStore store;
    private FleetKeys keys;

    @BeforeEach
    void open() {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        start();
    }

    /** A mixer starts, or another one takes over. */
    private void start() {
        start(registry.secrets());
    }

    private void start(SecretEntries entries) {
        store = new SecretStore(
                entries,
                new KeyWrapper("fleet", new FileKeeper(folder.resolve("secret.key"), new SecureRandom()), List.of()),
                Runnable::run,
                FleetKeysTest::atOnce,
                clock,
                () -> nowMs * 1_000_000,
                new SecureRandom());
        keys = new FleetKeys(store, new SecureRandom(), () -> nowMs * 1_000_000);
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

    private static RackEntry rack(String name, int key) {
        return new RackEntry(name, new byte[] {(byte) key}, new byte[] {2}, "active", "host", "1", 5, 0, "", 0, 0);
    }

    private Hello hello(RackEntry rack) {
        return new Hello(
                rack.name(),
                new byte[32],
                "1",
                "host",
                nowMs,
                new byte[Hello.NONCE_LENGTH],
                null,
                null,
                box.publicKey(),
                "");
    }

    private GivenKeys given(RackEntry rack) throws Exception {
        Hello hello = hello(rack);
        byte[] opened = box.open(GivenKeys.context(rack.name(), hello.nonce()), keys.give(rack, hello));
        return Cbor.read(opened, GivenKeys.class, GivenKeys.LENGTH_MAX);
    }

    @Test
    void shouldGiveAllRacksTheSameKeyForWiresAndEachItsOwnForJournals() throws Exception {
        GivenKeys east = given(rack("east", 1));
        GivenKeys west = given(rack("west", 2));

        assertThat(east.wires()).hasSize(1);
        assertThat(east.wires().get(0))
                .isEqualTo(west.wires().get(0))
                .isNotEqualTo(east.journal().get(0));
        assertThat(east.journal().get(0)).isNotEqualTo(west.journal().get(0));
    }

    @Test
    void shouldGiveARackThatTookANameAnotherKeyThanTheOneBefore() throws Exception {
        byte[] before = given(rack("east", 1)).journal().get(0);

        assertThat(given(rack("east", 2)).journal().get(0)).isNotEqualTo(before);
    }

    @Test
    void shouldGiveTheSameAfterARestart() throws Exception {
        GivenKeys before = given(rack("east", 1));
        String mark = keys.makeReady(rack("east", 1));
        start();

        assertThat(given(rack("east", 1))).usingRecursiveComparison().isEqualTo(before);
        assertThat(keys.makeReady(rack("east", 1))).isEqualTo(mark).matches("[0-9a-f]{16}");
    }

    @Test
    void shouldGiveANewKeyAheadOfThoseOfBefore() throws Exception {
        GivenKeys before = given(rack("east", 1));
        String mark = keys.makeReady(rack("east", 1));

        assertThat(keys.rotate(FleetKeys.WIRES, "test")).isEqualTo(2);

        GivenKeys after = given(rack("east", 1));
        assertThat(after.wires()).hasSize(2);
        assertThat(after.wires().get(1)).isEqualTo(before.wires().get(0));
        assertThat(after.journal()).hasSize(1);
        assertThat(keys.makeReady(rack("east", 1))).isNotEqualTo(mark);
    }

    @Test
    void shouldGiveNoKeyThatIsOutAndSayWhichAre() throws Exception {
        byte[] first = given(rack("east", 1)).wires().get(0);
        keys.rotate(FleetKeys.WIRES, "test");
        byte[] second = given(rack("east", 1)).wires().get(0);
        String mark = keys.makeReady(rack("east", 1));

        assertThat(keys.retire("test")).isEqualTo(3);

        GivenKeys after = given(rack("east", 1));
        assertThat(after.wires()).hasSize(1);
        assertThat(after.out()).containsExactly(GivenKeys.mark(second), GivenKeys.mark(first));
        assertThat(keys.makeReady(rack("east", 1))).isNotEqualTo(mark);
        assertThat(registry.audit(Long.MAX_VALUE, 1).get(0))
                .returns("keys.retire", AuditEntry::action)
                .returns("up to version 2", AuditEntry::detail);

        keys.rotate(FleetKeys.WIRES, "test");
        assertThat(given(rack("east", 1)).wires()).hasSize(2);
        assertThat(given(rack("east", 1)).out()).hasSize(2);
    }

    /** After so many good ones each change is made, and answered by a failure. */
    private final class Unanswered implements InvocationHandler {
        private final SecretEntries kept = registry.secrets();
        private int goodFor = Integer.MAX_VALUE;
        private long forgotten;

        @Override
        public Object invoke(Object proxy, Method what, Object[] with) throws Throwable {
            if (what.getName().equals("forgotten")) {
                return forgotten;
            }
            try {
                Object answer = what.invoke(kept, with);
                if (what.getName().equals("add") && --goodFor < 0) {
                    throw new RegistryException("registry: whether it was kept is not known");
                }
                return answer;
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }

        SecretEntries entries() {
            return (SecretEntries) Proxy.newProxyInstance(
                    SecretEntries.class.getClassLoader(), new Class<?>[] {SecretEntries.class}, this);
        }
    }

    /** The key was another one in the registry, and no rack was told: its mark was remembered. */
    @Test
    void shouldTellRacksOfAKeyThatWasMadeThoughTheRegistryCouldNotSaySo() {
        Unanswered registryAway = new Unanswered();
        start(registryAway.entries());
        RackEntry east = rack("east", 1);
        String before = keys.makeReady(east);
        registryAway.goodFor = 0;

        assertThatThrownBy(() -> keys.rotate(FleetKeys.WIRES, "test")).isInstanceOf(RegistryException.class);
        assertThat(keys.isDue(east, before)).as("of wires").isTrue();

        String after = keys.makeReady(east);
        assertThatThrownBy(() -> keys.rotate(FleetKeys.journal(east), "test")).isInstanceOf(RegistryException.class);
        assertThat(keys.isDue(east, after)).as("of its journals").isTrue();
    }

    @Test
    void shouldTellRacksOfAKeyThatWasMadeAfterItsAnswerWasGivenUp() {
        Unanswered late = new Unanswered();
        start(late.entries());
        RackEntry east = rack("east", 1);
        String before = keys.makeReady(east);
        SecretEntry first = registry.secrets().versions(FleetKeys.WIRES).get(0);
        registry.secrets().add(new SecretEntry(first.name(), 2, first.dataKey(), first.sealed(), first.madeMs()));

        assertThat(keys.makeReady(east)).as("nobody has said so yet").isEqualTo(before);
        late.forgotten++;
        registry.secrets().forget(FleetKeys.WIRES);

        // what was put there opens for another version alone: the key cannot be had, and the rack is not told the old
        // mark
        assertThat(keys.makeReady(east)).isNotEqualTo(before);
    }

    @Test
    void shouldRetireKeysTogetherWithMakingAnotherOrNot() {
        Unanswered registryAway = new Unanswered();
        start(registryAway.entries());
        keys.makeReady(rack("east", 1));
        registryAway.goodFor = 1;

        assertThatThrownBy(() -> keys.retire("test")).isInstanceOf(RegistryException.class);

        registry.secrets().forget(FleetKeys.WIRES);
        assertThat(registry.secrets().versions(FleetKeys.WIRES)).hasSize(1);
        assertThat(registry.audit(Long.MAX_VALUE, 10)).isEmpty();
    }

    /** Whoever may write to the registry brings no key back that is out. */
    @Test
    void shouldGiveNoKeysOfWiresAndMakeNoneWhereItCannotBeToldWhichAreOut() throws Exception {
        keys.makeReady(rack("east", 1));
        keys.retire("test");
        start(changed(FleetKeys.OUT));

        assertThat(keys.makeReady(rack("east", 1))).isEmpty();
        assertThat(keys.prepare()).isFalse();
        assertThat(keys.give(rack("east", 1), hello(rack("east", 1)))).isEmpty();
        assertThat(keys.rotate(FleetKeys.WIRES, "test")).isZero();
        assertThat(keys.retire("test")).isZero();
        assertThat(store.trouble()).startsWith("secret wires.out version 1 was changed in the registry");
        assertThat(registry.secrets().versions(FleetKeys.WIRES)).hasSize(2);
        assertThat(registry.secrets().versions(FleetKeys.OUT)).hasSize(1);

        start();
        assertThat(given(rack("east", 1)).wires()).hasSize(1);
    }

    /** The registry, with a byte of a secret another one. */
    private SecretEntries changed(String secret) {
        InvocationHandler changing = (proxy, method, given) -> {
            try {
                Object answer = method.invoke(registry.secrets(), given);
                return method.getName().equals("versions") && given[0].equals(secret)
                        ? ((List<?>) answer)
                                .stream()
                                        .map(each -> flipped((SecretEntry) each))
                                        .toList()
                        : answer;
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        };
        return (SecretEntries) Proxy.newProxyInstance(
                FleetKeysTest.class.getClassLoader(), new Class<?>[] {SecretEntries.class}, changing);
    }

    private static SecretEntry flipped(SecretEntry entry) {
        byte[] sealed = entry.sealed().clone();
        sealed[sealed.length - 1] ^= 1;
        return new SecretEntry(entry.name(), entry.version(), entry.dataKey(), sealed, entry.madeMs());
    }

    @Test
    void shouldRotateOneRacksJournalsAlone() {
        String east = keys.makeReady(rack("east", 1));
        String west = keys.makeReady(rack("west", 2));

        keys.rotate(FleetKeys.journal(rack("east", 1)), "test");

        assertThat(keys.makeReady(rack("east", 1))).isNotEqualTo(east);
        assertThat(keys.makeReady(rack("west", 2))).isEqualTo(west);
    }

    @Test
    void shouldGiveTheNewestWhereThereAreMoreThanARackTakes() throws Exception {
        given(rack("east", 1));
        for (int i = 0; i < GivenKeys.KEYS_MAX; i++) {
            keys.rotate(FleetKeys.WIRES, "test");
        }
        byte[] newest = store.open(FleetKeys.WIRES).get(GivenKeys.KEYS_MAX).value();

        assertThat(given(rack("east", 1)).wires()).hasSize(GivenKeys.KEYS_MAX).startsWith(newest);
    }

    @Test
    void shouldMakeNoOtherKeyWhereThoseThatAreCannotBeOpened() throws Exception {
        GivenKeys before = given(rack("east", 1));
        Path hidden = Files.move(folder.resolve("secret.key"), folder.resolve("hidden"));
        start();

        assertThat(keys.makeReady(rack("east", 1))).isEmpty();
        assertThat(keys.rotate(FleetKeys.WIRES, "test")).isZero();
        assertThat(store.trouble()).contains("secret.key does not hold the key");

        Files.move(hidden, folder.resolve("secret.key"));
        nowMs += DataKeys.RETRY_MS;
        assertThat(given(rack("east", 1))).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void shouldTellARackThatAskedInVainOnceThereAreKeys() throws Exception {
        given(rack("east", 1));
        Path hidden = Files.move(folder.resolve("secret.key"), folder.resolve("hidden"));
        start();
        RackEntry east = rack("east", 1);
        assertThat(keys.isDue(east, null)).as("it has not asked").isFalse();
        keys.makeReady(east);
        assertThat(keys.isDue(east, null)).isFalse();

        Files.move(hidden, folder.resolve("secret.key"));
        nowMs += DataKeys.RETRY_MS;

        assertThat(keys.isDue(east, null)).isTrue();
        assertThat(keys.isDue(east, null)).as("told once").isFalse();
    }

    @Test
    void shouldTellARackUntilItHasTheKeysThatItIsToHave() {
        RackEntry east = rack("east", 1);
        String before = keys.makeReady(east);
        assertThat(keys.isDue(east, before)).isFalse();

        keys.rotate(FleetKeys.WIRES, "test");
        assertThat(keys.isDue(east, before)).isTrue();
        assertThat(keys.isDue(east, before)).as("the notice was lost").isTrue();
        assertThat(keys.isDue(east, keys.makeReady(east))).isFalse();

        String after = keys.makeReady(east);
        keys.rotate(FleetKeys.journal(east), "test");
        assertThat(keys.isDue(east, after)).isTrue();
    }

    @Test
    void shouldTellARackThatHasNoneYet() {
        assertThat(keys.isDue(rack("east", 1), "")).isTrue();
    }

    @Test
    void shouldKnowWhatAnotherMixerHasMadeOnceItLeads() {
        RackEntry east = rack("east", 1);
        String before = keys.makeReady(east);
        FleetKeys other = keys;
        start();
        keys.makeReady(east);
        keys.rotate(FleetKeys.WIRES, "test");

        registry.lead("other", 2, () -> true);
        other.forget();

        assertThat(other.makeReady(east)).isNotEqualTo(before).isEqualTo(keys.makeReady(east));
    }

    @Test
    void shouldMakeNoKeysForRacksThatAreOnlyToldWhoLeads() {
        assertThat(keys.markIfMade(rack("east", 1))).isEmpty();
        assertThat(registry.secrets().last("", 10)).isEmpty();

        String mark = keys.makeReady(rack("east", 1));
        assertThat(keys.markIfMade(rack("east", 1))).isEqualTo(mark).isNotEmpty();
    }

    @Test
    void shouldGiveNothingForABoxThatIsNone() {
        keys.makeReady(rack("east", 1));
        Hello hello = new Hello(
                "east", new byte[32], "1", "h", 1, new byte[Hello.NONCE_LENGTH], null, null, new byte[44], "");

        assertThat(keys.give(rack("east", 1), hello)).isEmpty();
    }
}
