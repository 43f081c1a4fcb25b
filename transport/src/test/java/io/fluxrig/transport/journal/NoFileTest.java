package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.SyncMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk with space, on which no file can be opened or made for a while: senders are held back and refused, and all goes on by itself. */
class NoFileTest {
    private static final byte[] KEY = JournalRig.key(7);
    private static final int LENGTH = 20_000;

    @TempDir
    private Path folder;

    private JournalRig open(SyncMode sync, DamagePolicy policy) throws Exception {
        return new JournalRig(JournalRig.settings(folder, sync, policy), KEY, 1);
    }

    private static long sendUntilRefused(JournalRig rig, long first) throws Exception {
        long id = first;
        while (rig.senders.get(0).send(JournalRig.message(id, LENGTH)) == JournalSender.SENT) {
            id++;
            rig.turn();
        }
        return id - 1;
    }

    private static void shouldRefuse(JournalRig rig, String why) throws Exception {
        for (int i = 0; i < 4; i++) {
            rig.clock.advance(JournalRig.SECOND_NS);
            rig.turn();
        }
        assertThat(rig.senders.get(0).send(JournalRig.message(1, 10))).isEqualTo(JournalSender.STALLED);
        Shortage shortage = rig.journal.shortage();
        assertThat(shortage.cause()).isEqualTo(Shortage.Cause.NO_FILE);
        assertThat(shortage.refusing()).isTrue();
        assertThat(shortage.words()).contains(why);
    }

    private static void shouldGoOn(JournalRig rig, long sent) throws Exception {
        for (int i = 0; i < 20; i++) {
            rig.clock.advance(JournalRig.SECOND_NS);
            rig.settleOnce();
        }
        assertThat(rig.delivered).isEqualTo(ids(1, sent));
        assertThat(rig.journal.shortage()).isNull();
        assertThat(rig.senders.get(0).send(JournalRig.message(sent + 1, 10))).isEqualTo(JournalSender.SENT);
    }

    private static List<Long> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** Each count of descriptors has another step fail. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldGoOnOnceFilesCanBeOpenedAgain(int free) throws Exception {
        try (JournalRig rig = open(SyncMode.GROUP, DamagePolicy.REFUSE);
                FewFiles few = FewFiles.allow()) {
            rig.turn();
            few.exhaust(free);
            long sent = sendUntilRefused(rig, 1);
            shouldRefuse(rig, "Too many open files");
            few.release();
            shouldGoOn(rig, sent);
        }
    }

    @Test
    void shouldTakeASegmentThatCannotBeOpenedForNoDamage() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, DamagePolicy.SKIP);
                FewFiles few = FewFiles.allow()) {
            for (long id = 1; id <= 600; id++) {
                assertThat(rig.senders.get(0).send(JournalRig.message(id, LENGTH)))
                        .isEqualTo(JournalSender.SENT);
                rig.turn();
            }
            InputStream closedMeanwhile = Files.newInputStream(Path.of("/dev/null"));
            few.exhaust(0);
            closedMeanwhile.close();
            for (int i = 0; i < 60; i++) {
                rig.clock.advance(JournalRig.SECOND_NS);
                rig.settleOnce();
            }
            assertThat(rig.delivered).as("of the segments that are open").hasSizeLessThan(600);
            few.release();
            for (int i = 0; i < 60; i++) {
                rig.clock.advance(JournalRig.SECOND_NS);
                rig.settleOnce();
            }
            assertThat(rig.delivered).isEqualTo(ids(1, 600));
            assertThat(rig.journal.figures().lost()).isZero();
        }
    }

    /** Several segments, of which the later ones cannot be opened; what the first one holds is handed over. */
    private static void handOverWhatIsOpen(JournalRig rig, FewFiles few) throws Exception {
        for (long id = 1; id <= 600; id++) {
            assertThat(rig.senders.get(0).send(JournalRig.message(id, LENGTH))).isEqualTo(JournalSender.SENT);
            rig.turns.turn();
        }
        few.exhaust(0);
        int before = -1;
        while (rig.delivered.size() > before) {
            before = rig.delivered.size();
            rig.settleOnce();
        }
        assertThat(rig.delivered).hasSizeBetween(1, 599);
    }

    /** The restart that the line of {@code /health} advises brought all of it a second time. */
    @Test
    void shouldKeepWhatIsAcknowledgedWhileTheNextSegmentCannotBeOpened() throws Exception {
        List<Long> before;
        try (FewFiles few = FewFiles.allow()) {
            JournalRig rig = open(SyncMode.OS, DamagePolicy.REFUSE);
            handOverWhatIsOpen(rig, few);
            rig.clock.advance(JournalRig.SECOND_NS);
            rig.turn();
            assertThat(rig.journal.figures().acknowledged()).isEqualTo(rig.delivered.size());
            few.release();
            rig.journal.close();
            before = rig.delivered;
        }
        shouldBeGivenWhatIsLeft(before);
    }

    /** It tries again each 50 ms, and what was acknowledged since the last try was forgotten. */
    @Test
    void shouldKeepAtItsEndWhatWasAcknowledgedSinceTheLastTry() throws Exception {
        List<Long> before;
        try (FewFiles few = FewFiles.allow()) {
            JournalRig rig = open(SyncMode.OS, DamagePolicy.REFUSE);
            handOverWhatIsOpen(rig, few);
            assertThat(rig.journal.figures().acknowledged())
                    .as("the clock stands still")
                    .isLessThan(rig.delivered.size());
            few.release();
            rig.turns.start();
            rig.journal.close();
            before = rig.delivered;
        }
        shouldBeGivenWhatIsLeft(before);
    }

    private void shouldBeGivenWhatIsLeft(List<Long> before) throws Exception {
        try (JournalRig rig = open(SyncMode.OS, DamagePolicy.REFUSE)) {
            for (int i = 0; i < 60; i++) {
                rig.settleOnce();
            }
            assertThat(rig.delivered).isEqualTo(ids(before.size() + 1L, 600));
        }
    }

    /** As a file system that the kernel has made read-only: what is open is written on. */
    @Test
    void shouldGoOnOnceTheFolderCanBeWrittenAgain() throws Exception {
        Path segments = folder.resolve("segments");
        try (JournalRig rig = open(SyncMode.GROUP, DamagePolicy.REFUSE)) {
            long before = 150; // more than a segment
            for (long id = 1; id <= before; id++) {
                assertThat(rig.senders.get(0).send(JournalRig.message(id, LENGTH)))
                        .isEqualTo(JournalSender.SENT);
                rig.turn();
            }
            assumeTrue(run("mount", "--bind", segments.toString(), segments.toString()), "no right to mount");
            long sent;
            try {
                assertThat(run("mount", "-o", "remount,bind,ro", segments.toString()))
                        .isTrue();
                rig.settleOnce();
                rig.clock.advance(JournalRig.SECOND_NS);
                rig.settleOnce();
                assertThat(count(segments))
                        .as("what is delivered is not deleted")
                        .isGreaterThan(1);
                sent = sendUntilRefused(rig, before + 1);
                shouldRefuse(rig, "Read-only file system");
            } finally {
                assertThat(run("umount", "-l", segments.toString())).isTrue();
            }
            shouldGoOn(rig, sent);
            assertThat(count(segments)).isLessThan(3);
        }
    }

    private static long count(Path segments) throws IOException {
        try (Stream<Path> files = Files.list(segments)) {
            return files.filter(file -> file.toString().endsWith(".cq4")).count();
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
