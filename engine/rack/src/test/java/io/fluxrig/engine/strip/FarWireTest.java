package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Receipts;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.journal.JournalGate;
import io.fluxrig.transport.journal.SyncMode;
import io.fluxrig.transport.journal.WireRings;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ends of wires to and from other racks on a strip; the test is the carrier. */
class FarWireTest {
    private static final StripPlan.Carriage CARRIAGE =
            new StripPlan.Carriage("a.out->west.b.in", "flux.msg.west.b.in", false, SyncMode.OS);

    private final List<Long> seen = new ArrayList<>();
    private final WireRings leaving = new WireRings(1, 1 << 14);
    private final WireRings arriving = new WireRings(1, 1 << 14);
    private Receipts receipts;

    private final StripPlan plan = new StripPlan(
            "far",
            List.of(TestGears.gear("a", this::sender), TestGears.gear("b", this::receiver)),
            List.of(),
            List.of(new StripPlan.Leaving(0, "out", CARRIAGE)),
            List.of(new StripPlan.Arriving(1, 0, CARRIAGE)));

    private SimStrips sim;

    private Gear sender(GearContext context) {
        Output out = context.output("out");
        receipts = context.receipts("out");
        return (input, message) -> out.emit(message);
    }

    private Gear receiver(GearContext context) {
        return (input, message) -> {
            seen.add(message.id());
            return Outcome.ACCEPTED;
        };
    }

    private void rig() {
        sim = new SimStrips(
                plan,
                TestGears.settings(1),
                TestGears.NO_SPECS,
                1,
                new VirtualClock(),
                new WireJournals(List.of(), List.of(leaving), List.of(arriving)));
        sim.start();
    }

    private static FluxMsg message(long id) {
        FluxMsg message = new FluxMsg();
        message.id(id);
        return message;
    }

    private int send(long id) {
        int[] outcome = new int[1];
        sim.on(0, strip -> outcome[0] = strip.inlet(0, 0).emit(message(id)));
        sim.settle();
        return outcome[0];
    }

    @Test
    void shouldHandMessagesToTheCarrierAndTellWhatIsKept() {
        rig();
        assertThat(send(7)).isEqualTo(Outcome.ACCEPTED);
        assertThat(leaving.poll(0, (type, memory, offset, length) -> {}, 10)).isEqualTo(1);
        assertThat(receipts.sent()).isEqualTo(1);
        assertThat(receipts.kept()).isZero();
        leaving.kept(0);
        assertThat(receipts.kept()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhileTheCarrierIsStalled() {
        rig();
        leaving.gate().state(JournalGate.STALLED);
        assertThat(send(7)).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void shouldDeliverWhatArrivesAndSayThatItIsTaken() {
        rig();
        byte[] bytes = new byte[100];
        int length = new FluxMsgWriter().write(message(9), bytes, 0, 100);
        arriving.offer(0, 3, false, bytes, 0, length);
        sim.on(0, Strip::wake);
        sim.settle();
        assertThat(seen).containsExactly(9L);
        assertThat(arriving.taken(0)).isEqualTo(1);
    }

    @Test
    void shouldCountAPortThatLeavesTheRackAsWired() {
        assertThat(plan.wired(0, "out")).isTrue();
        assertThat(plan.wired(0, "error")).isFalse();
    }

    @Test
    void shouldRefuseAPlanWithoutItsEnds() {
        assertThatThrownBy(() -> new SimStrips(
                        plan, TestGears.settings(1), TestGears.NO_SPECS, 1, new VirtualClock(), WireJournals.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
