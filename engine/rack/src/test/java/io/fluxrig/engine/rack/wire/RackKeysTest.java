package io.fluxrig.engine.rack.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.passport.GivenKeys;
import io.fluxrig.engine.passport.KeyRing;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.KeySource;
import io.fluxrig.transport.snake.seal.WireKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RackKeysTest {
    @TempDir
    private Path folder;

    private long nowMs = 1_000_000;

    private RackKeys keys(String... flags) {
        return keys(false, flags);
    }

    private RackKeys keys(boolean led, String... flags) {
        Map<String, String> all = new HashMap<>(Map.of("base.data_dir", folder.toString()));
        for (int i = 0; i < flags.length; i += 2) {
            all.put(flags[i], flags[i + 1]);
        }
        return new RackKeys(
                NodeConfigLoader.load(null, Map.of(), all).config(), led, () -> Instant.ofEpochMilli(nowMs));
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static GivenKeys given(int... fills) {
        List<byte[]> keys = new ArrayList<>();
        for (int fill : fills) {
            keys.add(key(fill));
        }
        return new GivenKeys(keys, keys, List.of());
    }

    private void put(String name, int fill) throws Exception {
        Path file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, key(fill));
    }

    private static List<Integer> fills(List<byte[]> keys) {
        return keys.stream().map(key -> (int) key[0]).toList();
    }

    private static List<Integer> journal(RackKeys keys) throws JournalException {
        KeySource source = keys.journals();
        List<byte[]> all = new ArrayList<>(List.of(source.key()));
        all.addAll(source.others());
        return fills(all);
    }

    @Test
    void shouldMakeAKeyOfItsOwnForJournalsWithoutAMixer() throws Exception {
        byte[] made = keys().journals().key();

        assertThat(folder.resolve("journal.key")).hasBinaryContent(made);
        assertThat(keys().journals().others()).isEmpty();
    }

    @Test
    void shouldSealJournalsWithTheMixersKeyAndMakeNoneOfItsOwn() throws Exception {
        keys().keep(given(2, 1), "m");

        assertThat(journal(keys())).containsExactly(2, 1);
        assertThat(folder.resolve("journal.key")).doesNotExist();
    }

    @Test
    void shouldOpenWhatItsOwnKeySealedBeforeTheMixersCame() throws Exception {
        put("journal.key", 7);
        keys().keep(given(1), "m");

        assertThat(journal(keys())).containsExactly(1, 7);
    }

    @Test
    void shouldSealJournalsWithTheKeyThatAnOperatorNames() throws Exception {
        put("own.key", 7);
        keys().keep(given(1), "m");

        assertThat(journal(keys("store.key_file", "own.key"))).containsExactly(7, 1);
    }

    @Test
    void shouldSealWiresWithTheMixersKey() throws Exception {
        keys().keep(given(1), "m");

        assertThat(fills(keys().wires().now())).containsExactly(1);
    }

    @Test
    void shouldSealWiresWithTheKeyThatAnOperatorPutThere() throws Exception {
        put("snake.key", 7);
        keys().keep(given(1), "m");

        assertThat(fills(keys().wires().now())).containsExactly(7, 1);
    }

    @Test
    void shouldWantTheKeyThatAnOperatorNames() throws Exception {
        keys().keep(given(1), "m");

        assertThatThrownBy(() -> keys("snake.key_file", "absent.key").wires()).hasMessageContaining("absent.key");
    }

    @Test
    void shouldSayThatThereIsNoKeyForWires() {
        assertThatThrownBy(() -> keys().wires())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("snake.key does not exist")
                .hasMessageContaining("a rack that a mixer leads has its keys from there");
    }

    @Test
    void shouldHaveNobodyMakeAKeyForWiresWhereAMixerGivesIt() throws Exception {
        RackKeys led = keys(true);
        led.mark();
        assertThat(led.hasWireKey()).isFalse();
        assertThatThrownBy(led::wires)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("the mixer that leads this rack gives it")
                .hasMessageContaining("make no snake.key");

        led.keep(given(1), "m");
        assertThat(led.hasWireKey()).isTrue();
        assertThat(led.wires().advice()).contains("admin keys rotate wires", "no snake.key here");
        assertThat(keys(false).wires().advice()).contains("same snake.key_file");
    }

    @Test
    void shouldKnowAKeyForWiresThatAnOperatorPutThere() throws Exception {
        RackKeys led = keys(true);
        led.mark();
        put("snake.key", 7);

        assertThat(led.hasWireKey()).isTrue();
        assertThat(fills(led.wires().now())).containsExactly(7);
    }

    @Test
    void shouldChangeTheKeyOfWiresWhileTheyRun() throws Exception {
        RackKeys keys = keys();
        keys.keep(given(1), "a");
        WireKeys wires = keys.wires();
        List<byte[]> first = wires.now();
        keys.turn();
        assertThat(wires.now()).as("nothing has changed").isSameAs(first);

        keys.keep(given(2, 1), "b");
        assertThat(fills(wires.now())).as("opens, and does not seal yet").containsExactly(1, 2);

        nowMs += KeyRing.SETTLED_MS;
        keys.turn();
        assertThat(fills(wires.now())).containsExactly(2, 1);
    }

    @Test
    void shouldOpenWithANewKeyAtOnceWhereThereIsRoomForNoMore() throws Exception {
        RackKeys keys = keys();
        for (int fill = 1; fill <= KeyRing.KEPT_MAX; fill++) {
            keys.keep(given(fill), "m");
        }
        nowMs += KeyRing.SETTLED_MS;
        WireKeys wires = keys.wires();
        assertThat(wires.now()).hasSize(KeyRing.KEPT_MAX);

        keys.keep(given(99), "n");

        assertThat(fills(wires.now())).hasSize(KeyRing.KEPT_MAX).startsWith(KeyRing.KEPT_MAX, 99);
    }

    @Test
    void shouldOpenAndNeverSealWithKeysThatCannotBeWritten() throws Exception {
        RackKeys keys = keys();
        keys.keep(given(1), "a");
        WireKeys wires = keys.wires();
        Files.delete(KeyRing.file(folder));
        Files.createDirectories(KeyRing.file(folder).resolve("in the way"));

        assertThatThrownBy(() -> keys.keep(given(2, 1), "b")).hasMessageContaining("keys.cbor cannot be written");

        assertThat(keys.mark()).as("it asks for them again").isEqualTo("a");
        assertThat(fills(wires.now())).containsExactly(1, 2);
        nowMs += KeyRing.SETTLED_MS;
        keys.turn();
        assertThat(fills(wires.now())).containsExactly(1, 2);

        Files.delete(KeyRing.file(folder).resolve("in the way"));
        Files.delete(KeyRing.file(folder));
        keys.keep(given(2, 1), "b");
        assertThat(fills(wires.now())).containsExactly(1, 2);
        nowMs += KeyRing.SETTLED_MS;
        keys.turn();
        assertThat(fills(wires.now())).containsExactly(2, 1);
    }
}
