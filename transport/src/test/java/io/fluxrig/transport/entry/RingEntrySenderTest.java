package io.fluxrig.transport.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.StripEnds;
import org.junit.jupiter.api.Test;

/** What a strip is told of an entry that it would begin, by what the log's thread has said of its disk. */
class RingEntrySenderTest {
    private final JournalGate gate = new JournalGate();
    private final EntrySender sender = new RingEntrySender(new StripEnds(1 << 16, StripEnds.UNUSED_RING_BYTES), gate);

    private int open(int beginnings, int state) {
        gate.beginnings(beginnings);
        gate.state(state);
        return sender.open(1, new byte[10], 0, 10);
    }

    @Test
    void shouldHoldBackWhatBeginsWhileWhatIsOpenHasRoom() {
        assertThat(open(JournalGate.HELD, JournalGate.OPEN)).isEqualTo(EntrySender.FULL);
        assertThat(open(JournalGate.STALLED, JournalGate.OPEN)).isEqualTo(EntrySender.STALLED);
        assertThat(open(JournalGate.OPEN, JournalGate.OPEN)).isEqualTo(EntrySender.SENT);
    }

    /** It was held back for as long as the disk was full: the thread, which had no room at all, never came to refuse what begins. */
    @Test
    void shouldRefuseWhatBeginsWhereNothingHasHadRoomForTooLong() {
        assertThat(open(JournalGate.HELD, JournalGate.STALLED)).isEqualTo(EntrySender.STALLED);
        assertThat(open(JournalGate.HELD, JournalGate.FAILED)).isEqualTo(EntrySender.FAILED);
        assertThat(open(JournalGate.OPEN, JournalGate.STALLED)).isEqualTo(EntrySender.STALLED);
    }
}
