package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.SyncMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A segment that the queue beneath cannot open. */
class JournalBrokenSegmentTest {
    @TempDir
    private Path folder;

    private JournalRig open(DamagePolicy onDamage) throws JournalException {
        return new JournalRig(JournalRig.settings(folder, SyncMode.OS, onDamage), JournalRig.key(7), 1);
    }

    private static List<Long> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** Three segments of ten each, none acknowledged. */
    private List<Path> fill() throws Exception {
        for (long id = 1; id <= 30; id += 10) {
            try (JournalRig rig = open(DamagePolicy.REFUSE)) {
                rig.send(id, id + 9);
                rig.turn();
            }
        }
        return SegmentImage.segments(folder.resolve("segments"));
    }

    private static void write(Path file, int at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private static void header(Path file, int header) throws IOException {
        write(
                file,
                0,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0, header)
                        .array());
    }

    /** It said that a number was no magic one, or that the queue's table is to be moved away, which was sound. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldNameASegmentThatIsNone(int broken) throws Exception {
        Path segment = fill().get(broken);
        header(segment, 0x12345678);
        assertThatThrownBy(() -> open(DamagePolicy.REFUSE))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("segment " + segment + " is damaged")
                .hasMessageContaining("store.on_damage = \"skip\"")
                .hasMessageNotContaining("metadata");
        assertThat(segment).exists();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldLeaveOutASegmentThatIsNoneIfDamageIsSkipped(int broken) throws Exception {
        Path segment = fill().get(broken);
        header(segment, 0x12345678);
        byte[] before = Files.readAllBytes(segment);
        try (JournalRig rig = open(DamagePolicy.SKIP)) {
            assertThat(rig.journal.figures().lost()).isEqualTo(10);
            rig.send(31, 31);
            rig.settle();
            assertThat(rig.delivered)
                    .isEqualTo(Stream.of(ids(1, 10), ids(11, 20), ids(21, 30), ids(31, 31))
                            .filter(each -> each.get(0) != 1 + broken * 10)
                            .flatMap(List::stream)
                            .toList());
        }
        assertThat(segment.resolveSibling(segment.getFileName() + ".damaged")).hasBinaryContent(before);
        open(DamagePolicy.REFUSE).close();
    }

    /** Behind a sound header. */
    @Test
    void shouldNameTheNewestSegmentWhereTheQueueCannotGoOnAndHoldNothingOpen() throws Exception {
        Path open = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(open), "no list of what is open");
        List<Path> segments = fill();
        byte[] noise = new byte[1 << 12];
        new Random(1).nextBytes(noise);
        for (Path segment : segments) {
            write(segment, 4, noise);
        }
        for (int start = 0; start < 3; start++) {
            assertThatThrownBy(() -> open(DamagePolicy.REFUSE))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("segment " + segments.get(2))
                    .hasMessageNotContaining("metadata");
        }
        BackgroundResourceReleaser.releasePendingResources();
        try (Stream<Path> files = Files.list(open)) {
            assertThat(files.map(JournalBrokenSegmentTest::target))
                    .noneMatch(file -> file.startsWith(folder.toString()));
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
