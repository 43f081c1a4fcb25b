package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a kill leaves in the moment in which a segment begins. */
class JournalTornTest {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmm");
    private static final String SUFFIX = ".cq4";

    @TempDir
    private Path folder;

    private JournalRig open() throws JournalException {
        return new JournalRig(JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE), JournalRig.key(7), 1);
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("segments"))) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private void tenWaitBeforeASegmentThatWasNotBegun() throws Exception {
        try (JournalRig rig = open()) {
            rig.send(1, 10);
            rig.turn();
        }
        nameASegment();
    }

    /** A segment was given its name, and nothing was written into it. */
    private void nameASegment() throws IOException {
        List<Path> segments = segments();
        String last = segments.get(segments.size() - 1).getFileName().toString();
        LocalDateTime next = LocalDateTime.parse(last.substring(0, last.length() - SUFFIX.length()), NAME)
                .plusMinutes(1);
        Files.write(folder.resolve("segments").resolve(NAME.format(next) + SUFFIX), new byte[JournalRig.SEGMENT_BYTES]);
    }

    @Test
    void shouldGoOnBehindASegmentThatWasNamedAndNotBegun() throws Exception {
        tenWaitBeforeASegmentThatWasNotBegun();
        try (JournalRig rig = open()) {
            rig.send(11, 26);
            rig.turn();
        }
        try (JournalRig rig = open()) {
            rig.settle();
            assertThat(rig.delivered)
                    .isEqualTo(LongStream.rangeClosed(1, 26).boxed().toList());
        }
    }

    @Test
    void shouldGoOnBehindASegmentWhoseHeaderWasCutShort() throws Exception {
        tenWaitBeforeASegmentThatWasNotBegun();
        Path named = segments().get(segments().size() - 1);
        try (FileChannel file = FileChannel.open(named, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {0, 0, 0, (byte) 0x80, 1, 2, 3}), 0);
        }
        try (JournalRig rig = open()) {
            rig.settle();
            assertThat(rig.delivered).hasSize(10);
        }
    }

    @Test
    void shouldDeliverInTheSameRunBehindASegmentThatWasNamedAndNotBegun() throws Exception {
        tenWaitBeforeASegmentThatWasNotBegun();
        try (JournalRig rig = open()) {
            rig.send(11, 26);
            rig.settle();
            assertThat(rig.delivered)
                    .isEqualTo(LongStream.rangeClosed(1, 26).boxed().toList());
        }
    }

    /** Each start after a kill at the very first one waited for the rest of it, and ended with an advice. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1 << 31, 1 << 31 | 0x1234})
    void shouldMakeTheTableAnewThatWasNotMadeToItsEnd(int header) throws Exception {
        try (JournalRig rig = open()) {
            rig.send(1, 10);
            rig.turn();
        }
        Path table = folder.resolve("segments/metadata.cq4t");
        ByteBuffer word = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, header);
        try (FileChannel file = FileChannel.open(table, StandardOpenOption.WRITE)) {
            file.write(word, 0);
        }
        try (JournalRig rig = open()) {
            rig.send(11, 26);
            rig.settle();
            assertThat(rig.delivered)
                    .isEqualTo(LongStream.rangeClosed(1, 26).boxed().toList());
        }
        try (JournalRig rig = open()) {
            rig.settle();
            assertThat(rig.delivered).isEmpty();
        }
    }
}
