package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.snake.seal.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The strips' ends of a wire without journals. */
class RingEndsTest {
    private final WireRings rings = WireRig.rings();
    private final List<Integer> woken = new ArrayList<>();
    private final RingDepartures departures = new RingDepartures(new Origin(new byte[16]), rings, woken::add);
    private final RingLanding landing = new RingLanding(rings, woken::add);
    private final List<String> outcomes = new ArrayList<>();

    private JournalSender sender(int strip) {
        return rings.sender(strip, new byte[1000]);
    }

    private void settle() {
        landing.settle((place, fate) -> outcomes.add(place + " " + fate));
    }

    @Test
    void shouldTakeFromEachStripInTurnAndCount() {
        JournalSender zero = sender(0);
        JournalSender one = sender(1);
        WireRig.send(zero, 1);
        WireRig.send(zero, 2);
        WireRig.send(one, 3);
        List<String> seen = new ArrayList<>();
        departures.poll((sequence, strip, left, memory, offset, length) -> seen.add(sequence + " of " + strip), 10);
        assertThat(seen).containsExactly("1 of 1", "2 of 0", "3 of 0");
    }

    @Test
    void shouldTellTheStripWhatIsKept() {
        JournalSender sender = sender(1);
        sender.wakeWhenKept(true);
        WireRig.send(sender, 1);
        departures.settled(1);
        departures.flush();
        assertThat(sender.kept()).isEqualTo(1);
        assertThat(woken).containsExactly(1);
    }

    @Test
    void shouldHoldNobodyBackForALongTime() {
        JournalSender sender = sender(0);
        long id = 0;
        while (WireRig.send(sender, ++id) == JournalSender.SENT) {
            assertThat(id).isLessThan(100_000);
        }
        assertThat(sender.pressured()).isTrue();
        departures.stuck(true);
        assertThat(sender.pressured()).isFalse();
        assertThat(sender.relieved()).isTrue();
        assertThat(WireRig.send(sender, id)).isEqualTo(JournalSender.FULL);
        departures.stuck(false);
        assertThat(sender.pressured()).isTrue();
    }

    @Test
    void shouldRefuseWhileStalled() {
        JournalSender sender = sender(0);
        departures.stalled(true, 7);
        assertThat(WireRig.send(sender, 1)).isEqualTo(JournalSender.STALLED);
        assertThat(rings.gate().shortage()).isEqualTo(new Shortage(Shortage.Cause.NOTHING_LEAVES, 7, true));
        departures.stalled(false, 7);
        assertThat(rings.gate().shortage()).isNull();
        assertThat(WireRig.send(sender, 1)).isEqualTo(JournalSender.SENT);
    }

    @Test
    void shouldTellThatAMessageIsTooLongRatherThanThatNothingLeaves() {
        departures.tooLong(true, 5);
        assertThat(rings.gate().shortage()).isEqualTo(new Shortage(Shortage.Cause.TOO_LONG, 5, false));
        departures.stalled(true, 7);
        assertThat(rings.gate().shortage()).isEqualTo(new Shortage(Shortage.Cause.TOO_LONG, 5, true));
        departures.tooLong(false, 5);
        assertThat(rings.gate().shortage()).isEqualTo(new Shortage(Shortage.Cause.NOTHING_LEAVES, 7, true));
    }

    @Test
    void shouldTellWhatAGearHasTakenAndWhatItRefusesForGood() {
        byte[] nonsense = {1};
        byte[] message = new byte[100];
        int length = new io.fluxrig.transport.msg.FluxMsgWriter()
                .write(new io.fluxrig.transport.msg.FluxMsg(), message, 0, 100);
        JournalReceiver receiver = rings.receiver(0, 64);
        assertThat(landing.offer(7, 0, false, message, length)).isTrue();
        assertThat(landing.offer(8, 2, false, nonsense, 1)).isTrue();
        landing.flush();
        assertThat(woken).containsExactly(0);
        settle();
        assertThat(outcomes).isEmpty();
        WireRig.take(receiver, JournalReceiver.TAKEN);
        settle();
        assertThat(outcomes).containsExactly("7 TAKEN", "8 REFUSED");
    }
}
