package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that their receiver refuses too often. */
class JournalSetAsideTest {
    private static final byte[] KEY = JournalRig.key(7);

    @TempDir
    private Path folder;

    private JournalRig open() throws JournalException {
        return new JournalRig(JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE), KEY, 1);
    }

    /** What the strip is given once the journal is opened again; it acknowledges all of it. */
    private List<Long> deliveredByTheNext() throws Exception {
        try (JournalRig rig = open()) {
            rig.settle();
            return rig.delivered;
        }
    }

    private void setAsideTheFirst() throws Exception {
        try (JournalRig rig = open()) {
            rig.send(1, 2);
            rig.turn();
            rig.refuseTooOften();
            rig.answer = JournalReceiver.TAKEN;
            rig.settle();
            assertThat(rig.delivered.stream().filter(id -> id == 1)).hasSize(JournalReceiver.REFUSALS_MAX);
            assertThat(rig.delivered).endsWith(2L);
            assertThat(rig.journal.figures().setAside()).isEqualTo(1);
            assertThat(rig.journal.figures().backlogRecords()).isZero();
        }
    }

    @Test
    void shouldOfferWhatWasSetAsideAgainAtTheNextStart() throws Exception {
        setAsideTheFirst();
        assertThat(deliveredByTheNext()).containsExactly(1L);
        assertThat(deliveredByTheNext()).isEmpty();
    }

    /** A part of it was there at the next start, which did not take place: sequences were missing. */
    @Test
    void shouldStartThoughItCannotDeleteAllThatItTookBack() throws Exception {
        setAsideTheFirst();
        Path inTheWay = Files.createDirectories(folder.resolve("set_aside/in the way/full"));

        assertThat(deliveredByTheNext()).containsExactly(1L);
        assertThat(folder.resolve("set_aside")).doesNotExist();
        assertThat(deliveredByTheNext()).isEmpty();

        Files.delete(folder.resolve("set_aside.done/in the way").resolve(inTheWay.getFileName()));
        assertThat(deliveredByTheNext()).isEmpty();
        assertThat(folder.resolve("set_aside.done")).doesNotExist();
    }

    @Test
    void shouldSetAsideWhatIsRefusedTooOftenAndGoOn() throws Exception {
        setAsideTheFirst();
    }

    /** It counts as handled once it is on its way, and would be lost with a rack that is killed before it has arrived. */
    @Test
    void shouldNotAcknowledgeBeforeItIsSetAside() throws Exception {
        Path inTheWay = folder.resolve("set_aside");
        JournalRig killed = open();
        Files.createFile(inTheWay);
        killed.send(1, 1);
        killed.turn();
        killed.refuseTooOften();
        killed.turn();
        killed.clock.advance(JournalRig.SECOND_NS);
        killed.turn();
        assertThat(killed.journal.shortage().cause()).as("it waits").isEqualTo(Shortage.Cause.NO_FILE);
        assertThat(killed.receivers.get(0).handled()).isEqualTo(1);
        assertThat(killed.journal.figures().acknowledged()).isZero();
        killed.journal.close(); // writes nothing more
        Files.delete(inTheWay);

        assertThat(deliveredByTheNext()).containsExactly(1L);
    }

    /** Each start put all of it into the journal once more, and failed after that. */
    @Test
    void shouldPutNothingBackWhileWhatItTookBackBeforeIsInTheWay() throws Exception {
        setAsideTheFirst();
        Path inTheWay = folder.resolve("set_aside.done/in the way/full");
        Files.createDirectories(inTheWay);
        for (int start = 0; start < 3; start++) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(folder.resolve("set_aside.done") + " is there");
        }
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertThat(deliveredByTheNext()).containsExactly(1L);
        assertThat(deliveredByTheNext()).isEmpty();
    }
}
