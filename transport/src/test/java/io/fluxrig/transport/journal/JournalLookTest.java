package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.KeySource;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLookTest {
    private static final byte[] KEY = JournalRig.key(7);

    @TempDir
    private Path folder;

    private JournalSettings settings() {
        return JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
    }

    private JournalRig open() throws JournalException {
        return new JournalRig(settings(), KEY, 1);
    }

    private JournalWaiting waiting(DamagePolicy onDamage) throws JournalException {
        return Journal.waiting(
                JournalRig.settings(folder, SyncMode.OS, onDamage), KEY::clone, new VirtualClock(), () -> true);
    }

    private long waiting() throws JournalException {
        JournalWaiting waiting = Journal.waiting(settings(), KEY::clone, new VirtualClock(), () -> true);
        assertThat(waiting.whole()).isTrue();
        return waiting.messages();
    }

    private static List<Long> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void shouldCountWhatIsNotAcknowledgedAndMoveNothing() throws Exception {
        try (JournalRig rig = open()) {
            rig.send(1, 100);
            rig.settle();
        }
        assertThat(waiting()).isZero();
        try (JournalRig rig = open()) {
            rig.send(101, 350);
            rig.turn();
        }

        assertThat(waiting()).isEqualTo(250);
        assertThat(waiting()).as("again").isEqualTo(250);
        try (JournalRig rig = open()) {
            rig.settle();
            assertThat(rig.delivered).isEqualTo(ids(101, 350));
        }
    }

    @Test
    void shouldCountAsFarAsItMayRead() throws Exception {
        try (JournalRig rig = open()) {
            for (long id = 1; id <= 30; id++) {
                rig.send(id, id);
                rig.turn(); // a block each
            }
        }
        int[] asked = {0};

        JournalWaiting some = Journal.waiting(settings(), KEY::clone, new VirtualClock(), () -> ++asked[0] <= 10);

        assertThat(some.whole()).isFalse();
        assertThat(some.messages()).isEqualTo(11);
        assertThat(waiting()).isEqualTo(30);
    }

    @Test
    void shouldCountWhatLiesAside() throws Exception {
        try (JournalRig rig = open()) {
            rig.send(1, 1);
            rig.turn();
            rig.refuseTooOften();
            rig.answer = JournalReceiver.TAKEN;
            rig.settle();
            assertThat(rig.journal.figures().setAside()).isEqualTo(1);
        }

        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void shouldSayWhyItCannotBeRead() throws Exception {
        try (JournalRig rig = open()) {
            rig.send(1, 1);
            rig.turn();
            assertThatThrownBy(this::waiting)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("in use");
        }
        assertThatThrownBy(() -> Journal.waiting(settings(), () -> JournalRig.key(8), new VirtualClock(), () -> true))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("another key");
        assertThat(waiting()).as("nothing was changed").isEqualTo(1);
    }

    /** Of a wire that the scenario does not have, at a start that is to skip damage: the segment had another name then. */
    @Test
    void shouldMoveNoSegmentThatIsNoneThoughDamageIsSkipped() throws Exception {
        try (JournalRig rig = open()) {
            rig.send(1, 3);
            rig.turn();
        }
        SegmentImage segment = SegmentImage.newest(folder.resolve("segments"));
        segment.beginsAsNone();
        byte[] before = Files.readAllBytes(segment.file());
        assertThatThrownBy(() -> waiting(DamagePolicy.SKIP))
                .isInstanceOf(JournalException.class)
                .hasStackTraceContaining("segment " + segment.file() + " is damaged");
        assertThat(segment.file()).hasBinaryContent(before);
    }

    @Test
    void shouldTellAJournalFromAnyOtherFolder() throws Exception {
        assertThat(Journal.isOne(folder)).isFalse();
        open().close();
        assertThat(Journal.isOne(folder)).isTrue();
    }

    @Test
    void shouldLeaveAFolderUnderTheKeyThatItIsUnder() throws Exception {
        try (JournalRig rig = open()) {
            rig.send(1, 3);
            rig.turn();
        }
        KeySource both = new KeySource() {
            @Override
            public byte[] key() {
                return JournalRig.key(8);
            }

            @Override
            public List<byte[]> others() {
                return List.of(KEY.clone());
            }
        };

        assertThat(Journal.waiting(settings(), both, new VirtualClock(), () -> true)
                        .messages())
                .isEqualTo(3);
        assertThat(waiting()).as("with the old key alone").isEqualTo(3);
    }
}
