package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told, and what is delivered, when somebody or something has changed the files. */
class JournalDamageTest {
    /** Of a block. */
    private static final int HEADER_LENGTH = 56;

    private static final byte[] KEY = JournalRig.key(7);

    @TempDir
    private Path folder;

    private JournalRig open(Path where, DamagePolicy onDamage) throws JournalException {
        return new JournalRig(JournalRig.settings(where, SyncMode.OS, onDamage), KEY, 1);
    }

    /** Ten blocks of ten messages, none acknowledged. */
    private void fill(Path where) throws Exception {
        try (JournalRig rig = open(where, DamagePolicy.REFUSE)) {
            for (long id = 1; id <= 100; id += 10) {
                rig.send(id, id + 9);
                rig.turn();
            }
        }
    }

    private static Path segment(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where.resolve("segments"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Offset of each block in a segment. */
    private static List<Integer> blocks(byte[] segment) {
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < segment.length - 4; i++) {
            if (segment[i] == 'F' && segment[i + 1] == 'X' && segment[i + 2] == 'J' && segment[i + 3] == 1) {
                offsets.add(i);
            }
        }
        return offsets;
    }

    private static void change(Path file, int offset) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(offset);
            int old = access.read();
            access.seek(offset);
            access.write(old ^ 1);
        }
    }

    private static List<Long> without(long from, long to) {
        return LongStream.rangeClosed(1, 100)
                .filter(id -> id < from || id > to)
                .boxed()
                .toList();
    }

    @Test
    void shouldNameTheSequencesOfABlockThatWasChanged() throws Exception {
        fill(folder);
        Path segment = segment(folder);
        // the first block begins the segment, so the fourth holds messages 21 to 30
        change(segment, blocks(Files.readAllBytes(segment)).get(3) + HEADER_LENGTH + 20);
        assertThatThrownBy(() -> open(folder, DamagePolicy.REFUSE))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(segment.toString())
                .hasMessageContaining("after sequence 20")
                .hasMessageContaining("the seal of sequences 21 to 30 is broken")
                .hasMessageContaining("store.on_damage = \"skip\"");
    }

    @Test
    void shouldDeliverTheRestIfDamageIsSkipped() throws Exception {
        fill(folder);
        Path segment = segment(folder);
        change(segment, blocks(Files.readAllBytes(segment)).get(3) + HEADER_LENGTH + 20);
        try (JournalRig rig = open(folder, DamagePolicy.SKIP)) {
            assertThat(rig.journal.figures().lost()).isEqualTo(10);
            rig.send(101, 101);
            rig.settle();
            List<Long> expected = new ArrayList<>(without(21, 30));
            expected.add(101L);
            assertThat(rig.delivered).isEqualTo(expected);
            assertThat(rig.journal.figures().lost()).isEqualTo(10);
        }
    }

    @Test
    void shouldNoticeAChangedHeader() throws Exception {
        fill(folder);
        Path segment = segment(folder);
        change(segment, blocks(Files.readAllBytes(segment)).get(3) + 15);
        assertThatThrownBy(() -> open(folder, DamagePolicy.REFUSE)).hasMessageContaining("is damaged");
    }

    @Test
    void shouldNoticeTwoBlocksThatChangedPlaces() throws Exception {
        fill(folder);
        Path segment = segment(folder);
        byte[] content = Files.readAllBytes(segment);
        List<Integer> blocks = blocks(content);
        int length = blocks.get(5) - blocks.get(4) - 4;
        byte[] swapped = content.clone();
        System.arraycopy(content, blocks.get(4), swapped, blocks.get(5), length);
        System.arraycopy(content, blocks.get(5), swapped, blocks.get(4), length);
        Files.write(segment, swapped);
        assertThatThrownBy(() -> open(folder, DamagePolicy.REFUSE))
                .hasMessageContaining("sequences 31 to 40 are missing");
    }

    @Test
    void shouldNoticeABlockOfAnotherJournal() throws Exception {
        Path other = folder.resolve("other");
        Path own = folder.resolve("own");
        fill(other);
        fill(own);
        byte[] foreign = Files.readAllBytes(segment(other));
        byte[] content = Files.readAllBytes(segment(own));
        List<Integer> blocks = blocks(content);
        System.arraycopy(foreign, blocks.get(3), content, blocks.get(3), blocks.get(4) - blocks.get(3) - 4);
        Files.write(segment(own), content);
        assertThatThrownBy(() -> open(own, DamagePolicy.REFUSE)).hasMessageContaining("21 to 30 is broken");
    }

    @Test
    void shouldNoticeThatTheEndIsMissing() throws Exception {
        fill(folder);
        Path segment = segment(folder);
        byte[] content = Files.readAllBytes(segment);
        int cut = blocks(content).get(6) - 4;
        java.util.Arrays.fill(content, cut, content.length, (byte) 0);
        Files.write(segment, content);
        assertThatThrownBy(() -> open(folder, DamagePolicy.REFUSE))
                .hasMessageContaining("sequences 51 to 100 were written and are not there");
    }

    @Test
    void shouldNoticeThatASegmentIsMissing() throws Exception {
        fill(folder);
        Files.delete(segment(folder));
        assertThatThrownBy(() -> open(folder, DamagePolicy.REFUSE))
                .hasMessageContaining("sequences 1 to 100 were written and are not there");
    }

    @Test
    void shouldNoticeAnOldCopyOfTheFolder() throws Exception {
        try (JournalRig rig = open(folder, DamagePolicy.REFUSE)) {
            rig.send(1, 10);
            rig.turn();
        }
        byte[] old = Files.readAllBytes(segment(folder));
        Path name = segment(folder);
        try (JournalRig rig = open(folder, DamagePolicy.REFUSE)) {
            rig.settle();
            rig.send(11, 20);
            rig.settle();
        }
        Path last;
        try (Stream<Path> files = Files.list(folder.resolve("segments"))) {
            last = files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .reduce((a, b) -> b)
                    .orElseThrow();
        }
        assertThat(last).isNotEqualTo(name);
        Files.write(last, old);
        assertThatThrownBy(() -> open(folder, DamagePolicy.REFUSE)).hasMessageContaining("is damaged");
    }

    @Test
    void shouldSayThatThePositionIsLost() throws Exception {
        fill(folder);
        Files.write(folder.resolve("position"), new byte[256]);
        assertThatThrownBy(() -> open(folder, DamagePolicy.REFUSE))
                .hasMessageContaining("its file 'position' is missing or was changed");
        try (JournalRig rig = open(folder, DamagePolicy.SKIP)) {
            rig.settle();
            assertThat(rig.delivered).hasSize(100);
            assertThat(rig.journal.figures().lost()).isZero();
        }
    }

    /** It counted from the first message that the journal ever had. */
    @Test
    void shouldCountWhatWaitsWhereThePositionIsLost() throws Exception {
        long id = 1;
        long oldest;
        try (JournalRig rig = open(folder, DamagePolicy.REFUSE)) {
            for (; id <= 300; id++) {
                rig.senders.get(0).send(JournalRig.message(id, 20_000));
                rig.settleOnce();
            }
            rig.clock.advance(JournalRig.SECOND_NS);
            rig.turn();
        }
        Files.delete(folder.resolve("position"));
        try (JournalRig rig = open(folder, DamagePolicy.SKIP)) {
            long waiting = rig.journal.figures().backlogRecords();
            assertThat(waiting).as("segments before were deleted").isBetween(1L, 299L);
            oldest = 301 - waiting;
        }
        try (JournalRig rig = open(folder, DamagePolicy.REFUSE)) {
            assertThat(rig.journal.figures().backlogRecords()).isEqualTo(301 - oldest);
            rig.settle();
            assertThat(rig.delivered)
                    .isEqualTo(LongStream.rangeClosed(oldest, 300).boxed().toList());
        }
    }

    /** A new identity was drawn, and with skip every message was left out as damaged. */
    @Test
    void shouldSayThatTheIdentityIsLostAndSkipNothing() throws Exception {
        fill(folder);
        Path identity = folder.resolve("identity");
        byte[] kept = Files.readAllBytes(identity);
        Files.delete(identity);
        for (DamagePolicy policy : DamagePolicy.values()) {
            assertThatThrownBy(() -> open(folder, policy))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(identity + " is missing")
                    .hasMessageContaining("Put that file back from a copy")
                    .hasMessageNotContaining("position");
            assertThat(identity).doesNotExist();
        }
        assertThat(Journal.isOne(folder)).as("or nobody would be told of it").isTrue();
        Files.write(identity, new byte[3]);
        assertThatThrownBy(() -> open(folder, DamagePolicy.SKIP)).hasMessageContaining("has 3 bytes, not 48");
        Files.write(identity, kept);
        try (JournalRig rig = open(folder, DamagePolicy.REFUSE)) {
            rig.settle();
            assertThat(rig.delivered).hasSize(100);
        }
    }

    @Test
    void shouldTellAWrongKeyFromDamage() throws Exception {
        fill(folder);
        JournalSettings settings = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        assertThatThrownBy(() -> new JournalRig(settings, JournalRig.key(8), 1))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("another key")
                .hasMessageContaining("store.key_file");
    }

    @Test
    void shouldNotOpenTheFolderOfAnotherWire() throws Exception {
        fill(folder);
        JournalSettings own = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        JournalSettings other = new JournalSettings(
                own.folder(),
                "rack/other.out-audit.in",
                own.sync(),
                own.segmentBytes(),
                own.segmentAgeNs(),
                own.backlogBytes(),
                0,
                0,
                own.ringBytes(),
                own.stallNs(),
                own.onDamage());
        assertThatThrownBy(() -> new JournalRig(other, KEY, 1)).hasMessageContaining("for another wire");
    }
}
