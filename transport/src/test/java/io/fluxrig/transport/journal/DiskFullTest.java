package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.SyncMode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up, for real: a small tmpfs, mounted by the test. Needs root; left out without. */
class DiskFullTest {
    private static final byte[] KEY = JournalRig.key(7);

    @TempDir
    private Path folder;

    private Path volume;

    @BeforeEach
    void mount() throws Exception {
        volume = Files.createDirectory(folder.resolve("volume"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", volume.toString()) == 0;
        if (!mounted) {
            volume = null;
        }
        assumeTrue(mounted, "no right to mount a tmpfs");
    }

    @AfterEach
    void unmount() throws Exception {
        if (volume != null) {
            assertThat(run("umount", "-l", volume.toString())).isZero();
        }
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchCommand) {
            return -1;
        }
    }

    private JournalRig open() throws JournalException {
        return new JournalRig(
                JournalRig.settings(volume.resolve("journal"), SyncMode.GROUP, DamagePolicy.REFUSE), KEY, 1);
    }

    private void fillTheRest() throws IOException {
        byte[] chunk = new byte[1 << 14];
        try (OutputStream out = Files.newOutputStream(volume.resolve("filler"))) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException full) {
            assertThat(Files.getFileStore(volume).getUsableSpace()).isLessThan(chunk.length);
        }
    }

    private static long sendUntilFull(JournalRig rig) throws Exception {
        long id = 0;
        while (rig.senders.get(0).send(JournalRig.message(id + 1, 20_000)) == JournalSender.SENT) {
            id++;
            rig.turn();
        }
        return id;
    }

    @Test
    void shouldHoldBackRefuseAndGoOnWithoutLosingWhatItKept() throws Exception {
        try (JournalRig rig = open()) {
            rig.turn();
            fillTheRest();
            long sent = sendUntilFull(rig);
            // the segment in use and the one that lay ready take records although the disk is full
            assertThat(rig.senders.get(0).kept() * 20_000).isGreaterThan(2_500_000);
            rig.clock.advance(2 * JournalRig.SECOND_NS);
            rig.turn();
            assertThat(rig.senders.get(0).send(JournalRig.message(sent + 1, 10)))
                    .isEqualTo(JournalSender.STALLED);
            assertThat(rig.journal.shortage())
                    .extracting(Shortage::cause, Shortage::refusing)
                    .containsExactly(Shortage.Cause.DISK_FULL, true);
            Files.delete(volume.resolve("filler"));
            for (int i = 0; i < 20; i++) {
                rig.clock.advance(JournalRig.SECOND_NS);
                rig.settleOnce();
            }
            assertThat(rig.delivered)
                    .isEqualTo(LongStream.rangeClosed(1, sent).boxed().toList());
            assertThat(rig.senders.get(0).send(JournalRig.message(sent + 1, 10)))
                    .isEqualTo(JournalSender.SENT);
        }
    }

    /** What becomes of a segment that lay ready. */
    private interface Tear {
        void accept(Path spare) throws IOException;
    }

    private void shouldBeFullAndNotFailWith(Tear tear) throws Exception {
        try (JournalRig rig = open()) {
            rig.turn();
        }
        tear.accept(volume.resolve("journal/segments/spare"));
        fillTheRest();
        try (JournalRig rig = open()) {
            sendUntilFull(rig);
            assertThat(rig.journal.shortage()).extracting(Shortage::cause).isEqualTo(Shortage.Cause.DISK_FULL);
        }
    }

    @Test
    void shouldTakeNoHalfSegmentForOneThatLiesReady() throws Exception {
        shouldBeFullAndNotFailWith(spare -> {
            try (FileChannel half = FileChannel.open(spare, StandardOpenOption.WRITE)) {
                half.truncate(JournalRig.SEGMENT_BYTES / 2);
            }
        });
    }

    @Test
    void shouldTakeNoSegmentWithHolesForOneThatLiesReady() throws Exception {
        shouldBeFullAndNotFailWith(spare -> {
            Files.delete(spare);
            try (FileChannel holes = FileChannel.open(spare, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                holes.write(ByteBuffer.allocate(1), JournalRig.SEGMENT_BYTES - 1);
            }
        });
    }

    /** As after a copy put back onto a full disk: a page that the disk did not give was an InternalError with its whole trace. */
    @Test
    void shouldNameTheFileOfTheQueueThatTheDiskHasNoRoomFor() throws Exception {
        try (JournalRig rig = open()) {
            rig.send(1, 10);
            rig.turn();
        }
        Path table = volume.resolve("journal/segments/metadata.cq4t");
        Files.write(table, new byte[0]);
        fillTheRest();
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(table + " cannot be written")
                .hasMessageContaining("No space left on device");
        Files.delete(table);
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(table + " cannot be written");
        Files.delete(volume.resolve("filler"));
        try (JournalRig rig = open()) {
            rig.settle();
            assertThat(rig.delivered).hasSize(10);
        }
    }

    @Test
    void shouldDeliverWhatItHoldsAfterAStartOnAFullDisk() throws Exception {
        long kept;
        try (JournalRig rig = open()) {
            rig.turn();
            fillTheRest();
            sendUntilFull(rig);
            kept = rig.senders.get(0).kept();
        }
        try (JournalRig rig = open()) {
            for (int i = 0; i < 20; i++) {
                rig.clock.advance(JournalRig.SECOND_NS);
                rig.settleOnce();
            }
            assertThat(rig.delivered)
                    .isEqualTo(LongStream.rangeClosed(1, kept).boxed().toList());
            assertThat(rig.senders.get(0).send(JournalRig.message(kept + 1, 10)))
                    .isEqualTo(JournalSender.SENT);
        }
    }
}
