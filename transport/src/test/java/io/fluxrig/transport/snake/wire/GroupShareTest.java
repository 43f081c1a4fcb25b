package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages where a receiver's journal takes nothing. */
class GroupShareTest {
    private final WireRig rig = new WireRig(true);

    @BeforeEach
    void beOneOfAGroup() {
        rig.shared = true;
        rig.puller(1);
        rig.turns();
    }

    private void journalStops() {
        rig.landingKeeps = false;
        rig.landingTakesNothing = true;
    }

    private void journalGoesOn() {
        rig.landingKeeps = true;
        rig.landingTakesNothing = false;
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** It kept all that it had from the group, and said each second or so that it was working on it. */
    @Test
    void shouldLeaveToItsGroupWhatItsJournalDoesNotTake() {
        journalStops();
        rig.send(1, 10);
        rig.turns();
        rig.landingFull = true;
        rig.send(11, 16);
        rig.turns();
        assertThat(rig.bus.withReceiver()).isEqualTo(16);
        rig.after(2);

        assertThat(rig.bus.withReceiver()).isZero();
        assertThat(rig.bus.inStream()).isEqualTo(16);
        assertThat(rig.got.givenBack()).isEqualTo(16);
        assertThat(Collections.frequency(rig.bus.answers, "-NAK")).isEqualTo(16);
        assertThat(rig.lines.said)
                .filteredOn(line -> line.contains("left to the others"))
                .hasSize(1);
    }

    @Test
    void shouldAskForNothingUntilItsJournalTakesMessagesAgain() {
        journalStops();
        rig.bus.expire();
        rig.after(2);
        rig.bus.expire();
        rig.after(1);
        int before = rig.bus.pulls;
        rig.send(1, 5);
        rig.after(30);
        assertThat(rig.bus.pulls).isEqualTo(before);
        assertThat(rig.bus.withReceiver()).isZero();
        assertThat(rig.got.stranded()).as("nobody was asked").isZero();

        journalGoesOn();
        rig.after(2);
        assertThat(rig.delivered).isEqualTo(numbers(1, 5));
        assertThat(rig.settled).hasSize(5);
        assertThat(rig.lines.said)
                .filteredOn(line -> line.contains("takes messages again"))
                .hasSize(1);
    }

    @Test
    void shouldKeepItsShareWhileAJournalMakesItsNextSegment() {
        journalStops();
        rig.send(1, 5);
        for (int tenth = 0; tenth < 9; tenth++) {
            rig.clock.advance(WireRig.SECOND_NS / 10);
            rig.turns();
        }
        journalGoesOn();
        rig.after(1);
        assertThat(rig.got.givenBack()).isZero();
        assertThat(rig.delivered).isEqualTo(numbers(1, 5));
    }

    @Test
    void shouldWaitWhereItReceivesAlone() {
        rig.shared = false;
        rig.puller(1);
        rig.bus.expire();
        rig.turns();
        journalStops();
        rig.send(1, 5);
        rig.after(60);
        assertThat(rig.got.givenBack()).isZero();
        assertThat(rig.bus.withReceiver()).isEqualTo(5);
        journalGoesOn();
        rig.after(1);
        assertThat(rig.delivered).isEqualTo(numbers(1, 5));
    }
}
