package io.fluxrig.engine.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final long NOW_MS = 1_000_000;

    @TempDir
    private Path folder;

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

    private static List<Integer> fills(List<byte[]> keys) {
        return keys.stream().map(key -> (int) key[0]).toList();
    }

    @Test
    void shouldReadWhatItWroteForItsUserOnly() throws Exception {
        Path file = KeyRing.file(folder);
        KeyRing.NONE.with(given(1), "a", NOW_MS).with(given(2, 1), "b", NOW_MS).write(file);

        KeyRing read = KeyRing.read(file);

        assertThat(read.mark()).isEqualTo("b");
        assertThat(fills(read.journalKeys())).containsExactly(2, 1);
        assertThat(fills(read.wiresAt(NOW_MS))).containsExactly(1, 2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(KeyRing.read(folder.resolve("absent"))).isEqualTo(KeyRing.NONE);
    }

    @Test
    void shouldSealWithTheFirstKeyAtOnceAndWithANewerOneOnceOthersHaveIt() {
        KeyRing first = KeyRing.NONE.with(given(1), "a", NOW_MS);
        assertThat(fills(first.wiresAt(NOW_MS))).containsExactly(1);

        KeyRing rotated = first.with(given(2, 1), "b", NOW_MS);
        assertThat(fills(rotated.wiresAt(NOW_MS + KeyRing.SETTLED_MS - 1))).containsExactly(1, 2);
        assertThat(fills(rotated.wiresAt(NOW_MS + KeyRing.SETTLED_MS))).containsExactly(2, 1);
    }

    @Test
    void shouldSealWithTheNewestOfSeveralThatComeFirst() {
        assertThat(fills(KeyRing.NONE.with(given(3, 2, 1), "a", NOW_MS).wiresAt(NOW_MS)))
                .containsExactly(3, 2, 1);
    }

    @Test
    void shouldCountFromWhenAKeyCameWhateverComesAfter() {
        KeyRing rotated = KeyRing.NONE.with(given(1), "a", NOW_MS).with(given(2, 1), "b", NOW_MS);

        KeyRing told = rotated.with(given(2, 1), "c", NOW_MS + KeyRing.SETTLED_MS - 1);

        assertThat(fills(told.wiresAt(NOW_MS + KeyRing.SETTLED_MS))).containsExactly(2, 1);
    }

    @Test
    void shouldKeepWhatTheMixerDoesNotGiveAnyMoreBehindTheRest() {
        KeyRing lost = KeyRing.NONE.with(given(2, 1), "a", NOW_MS).with(given(9), "b", NOW_MS);

        assertThat(fills(lost.journalKeys())).containsExactly(9, 2, 1);
        assertThat(fills(lost.wiresAt(NOW_MS))).containsExactly(2, 9, 1);
    }

    @Test
    void shouldForgetTheOldestOnceThereIsNoRoom() {
        KeyRing ring = KeyRing.NONE;
        for (int fill = 1; fill <= 40; fill++) {
            ring = ring.with(given(fill), "m", NOW_MS);
        }

        assertThat(fills(ring.journalKeys()))
                .hasSize(KeyRing.KEPT_MAX)
                .startsWith(40, 39)
                .doesNotContain(8);
    }

    private static GivenKeys retiring(int given, int... out) {
        List<byte[]> marks = new ArrayList<>();
        for (int fill : out) {
            marks.add(GivenKeys.mark(key(fill)));
        }
        return new GivenKeys(List.of(key(given)), List.of(key(1)), marks);
    }

    @Test
    void shouldOpenNothingAnyMoreWithAKeyOfWiresThatIsOut() throws Exception {
        Path file = KeyRing.file(folder);
        KeyRing.NONE
                .with(given(2, 1), "a", 0)
                .with(retiring(3, 2, 1), "b", NOW_MS)
                .write(file);
        KeyRing ring = KeyRing.read(file);

        assertThat(fills(ring.wiresAt(NOW_MS)))
                .as("others may seal with it yet")
                .containsExactly(2, 3, 1);
        assertThat(fills(ring.wiresAt(NOW_MS + KeyRing.GRACE_MS - 1))).containsExactly(3, 2, 1);
        assertThat(fills(ring.wiresAt(NOW_MS + KeyRing.GRACE_MS))).containsExactly(3);
        assertThat(fills(ring.journalKeys())).as("read what is on the disk").contains(2, 1);
    }

    @Test
    void shouldNotCountAnewFromEachTimeThatItHearsThatAKeyIsOut() {
        KeyRing ring = KeyRing.NONE.with(given(2, 1), "a", 0).with(retiring(3, 2, 1), "b", NOW_MS);

        KeyRing again = ring.with(retiring(3, 2, 1), "c", NOW_MS + KeyRing.GRACE_MS - 1);

        assertThat(fills(again.wiresAt(NOW_MS + KeyRing.GRACE_MS))).containsExactly(3);
        assertThat(fills(again.with(retiring(3, 2, 1), "d", NOW_MS + KeyRing.GRACE_MS)
                        .wiresAt(NOW_MS)))
                .as("not on the disk any more")
                .containsExactly(3);
    }

    @Test
    void shouldReadAFileOfBeforeKeysCouldBeOut() throws Exception {
        Path file = KeyRing.file(folder);
        OwnFile.write(file, Cbor.write(new Before("a", List.of(new BeforeKept(key(1), 0)), List.of())));

        assertThat(fills(KeyRing.read(file).wiresAt(NOW_MS))).containsExactly(1);
    }

    private record Before(String mark, List<BeforeKept> wires, List<BeforeKept> journal) {}

    private record BeforeKept(byte[] key, long sinceMs) {}

    @Test
    void shouldTakeNoKeysThatAreNone() {
        List<byte[]> one = List.of(key(1));
        for (List<byte[]> wrong : List.of(List.<byte[]>of(), List.of(new byte[31]))) {
            assertThatThrownBy(() -> new GivenKeys(wrong, one, null)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new GivenKeys(one, wrong, null)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> given(new int[17])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSayWhatToDoAboutADamagedFile() throws Exception {
        Path file = KeyRing.file(folder);
        KeyRing.NONE.write(file);
        Files.write(file, new byte[] {1, 2, 3});

        assertThatThrownBy(() -> KeyRing.read(file))
                .isInstanceOf(PassportException.class)
                .hasMessageContaining(file + " is damaged")
                .hasMessageContaining("the mixer gives the keys again");
    }
}
