package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.ends.JournalFeed;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.StripEnds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a journal keeps of what a wire brings, and what it gives back; the test is the journal's thread. */
class JournalLandingTest {
    private final JournalGate gate = new JournalGate();
    private final StripEnds end = new StripEnds(1 << 16);
    private final JournalLanding landing = new JournalLanding(new JournalFeed(end, gate), 2);
    private final List<String> fates = new ArrayList<>();

    private boolean offer(int place) {
        return landing.offer(place, 0, false, new byte[10], 10);
    }

    private void settle() {
        landing.settle((place, fate) -> fates.add(place + " " + fate));
    }

    @Test
    void shouldTakeNothingWithoutSpaceOrAfterAFailure() {
        assertThat(landing.takes()).isTrue();
        gate.stuck(true);
        assertThat(landing.takes()).isFalse();
        gate.stuck(false);
        gate.state(JournalGate.STALLED);
        assertThat(landing.takes()).isFalse();
        gate.state(JournalGate.FAILED);
        assertThat(landing.takes()).isFalse();
    }

    @Test
    void shouldTellWhatIsKeptBeforeWhatIsGivenBack() {
        for (int place = 0; place < 5; place++) {
            offer(place);
        }
        landing.withdraw();
        assertThat(end.withdrawTo).isEqualTo(5);
        assertThat(offer(5)).as("while it is not known which of them are kept").isFalse();
        end.kept.add(2); // that it had begun
        settle();
        end.withdrawn.add(3);
        settle();
        assertThat(fates).containsExactly("0 TAKEN", "1 TAKEN", "2 WITHDRAWN", "3 WITHDRAWN", "4 WITHDRAWN");

        assertThat(offer(5)).isTrue();
        end.kept.increment();
        settle();
        assertThat(fates).last().isEqualTo("5 TAKEN");
    }

    @Test
    void shouldHaveAllBackThatAFailedJournalDidNotKeep() {
        for (int place = 0; place < 3; place++) {
            offer(place);
        }
        end.kept.increment();
        gate.state(JournalGate.FAILED);
        landing.withdraw();
        settle();
        assertThat(fates).containsExactly("0 TAKEN", "1 WITHDRAWN", "2 WITHDRAWN");
    }
}
