package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Receipts;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgReader;
import io.fluxrig.transport.msg.FluxMsgWriter;
import io.fluxrig.transport.msg.MetaKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Ends of wires to and from other racks on a strip; the test is the carrier. */
class FarWireTest {
    private static final long EXPIRE_NS = 2_000_000_000L;
    private static final StripPlan.Carriage CARRIAGE =
            new StripPlan.Carriage("a.out->west.b.in", "flux.msg.west.b.in", false, SyncMode.OS, EXPIRE_NS);

    private static final String HOME = "east/1";

    private final List<Long> seen = new ArrayList<>();
    private final List<String> racks = new ArrayList<>();
    private int outcome = Outcome.ACCEPTED;
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
            racks.add(String.valueOf(message.meta().text(MetaKey.CONN_RACK)));
            return outcome;
        };
    }

    private void rig() {
        sim = new SimStrips(
                plan,
                TestGears.settings(1),
                TestGears.NO_SPECS,
                1,
                new VirtualClock(),
                new WireJournals(List.of(), List.of(leaving), List.of(arriving), HOME));
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
        assertThat(send(7)).isEqualTo(Outcome.STALLED);
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

    private void arrive(FluxMsg message) {
        byte[] bytes = new byte[200];
        int length = new FluxMsgWriter().write(message, bytes, 0, bytes.length);
        arriving.offer(0, 3, false, bytes, 0, length);
        sim.on(0, Strip::wake);
        sim.settle();
    }

    private static FluxMsg ofConnection(String rack) {
        FluxMsg message = message(9);
        message.meta().set(MetaKey.CONN_ID, 77);
        message.meta().set(MetaKey.CONN_RACK, rack);
        return message;
    }

    private long counted(String metric) {
        return sim.metrics().snapshot().sum(metric);
    }

    @Test
    void shouldSayOnTheWayWhoseConnectionAMessageCameFrom() {
        rig();
        FluxMsg message = message(7);
        message.meta().set(MetaKey.CONN_ID, 77);
        sim.on(0, strip -> strip.inlet(0, 0).emit(message));
        sim.settle();

        FluxMsg carried = new FluxMsg();
        leaving.poll(
                0,
                (type, memory, offset, length) -> {
                    byte[] bytes = new byte[length];
                    memory.get(offset, bytes);
                    new FluxMsgReader().read(bytes, 0, length, carried, CborReader::skip);
                },
                1);
        assertThat(carried.meta().text(MetaKey.CONN_RACK)).isEqualTo(HOME);
        assertThat(message.meta().has(MetaKey.CONN_RACK))
                .as("here it needs no telling")
                .isFalse();
    }

    @Test
    void shouldTakeOffWhoseConnectionItIsWhereThatIsThisRunOfTheRackOnly() {
        rig();
        arrive(ofConnection(HOME));
        arrive(ofConnection("east/0"));
        arrive(ofConnection("west/1"));

        assertThat(racks).containsExactly("null", "east/0", "west/1");
    }

    @Test
    void shouldDropAnAnswerToAConnectionThatDoesNotComeBackInsteadOfOfferingItForEver() {
        rig();
        outcome = Outcome.GONE;
        arrive(ofConnection(HOME));
        outcome = Outcome.ELSEWHERE;
        arrive(ofConnection("east/0"));

        assertThat(seen).hasSize(2);
        assertThat(arriving.taken(0)).isEqualTo(2);
        assertThat(counted("guaranteed_orphaned_total")).isEqualTo(2);
    }

    @Test
    void shouldHandOverNothingThatIsOlderThanTheWireAllows() {
        rig();
        FluxMsg message = message(9);
        message.tsEpochNs(sim.clock().epochNanos() - EXPIRE_NS - 1);
        arrive(message);
        message.tsEpochNs(sim.clock().epochNanos() - EXPIRE_NS / 2);
        arrive(message);

        assertThat(seen).hasSize(1);
        assertThat(arriving.taken(0)).isEqualTo(2);
        assertThat(counted("guaranteed_expired_total")).isEqualTo(1);
    }

    @Test
    void shouldNotHandOverWhatExpiresWhileItsGearCannotTakeIt() {
        rig();
        outcome = Outcome.LINK_DOWN;
        FluxMsg message = message(9);
        message.tsEpochNs(sim.clock().epochNanos());
        arrive(message);
        assertThat(arriving.taken(0)).isZero();

        sim.advance(EXPIRE_NS + 2_000_000_000L);
        outcome = Outcome.ACCEPTED;
        sim.advance(2_000_000_000L);

        assertThat(arriving.taken(0)).isEqualTo(1);
        assertThat(counted("guaranteed_expired_total")).isEqualTo(1);
    }

    @Test
    void shouldSayWhichMessageItsGearRefusedForGood() {
        Logger log = (Logger) LoggerFactory.getLogger("wire");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            rig();
            outcome = Outcome.ELSEWHERE;
            arrive(ofConnection("west/1"));
            sim.advance(20_000_000_000L);
        } finally {
            log.detachAppender(lines);
        }

        assertThat(seen).hasSize(8);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains(
                        "a.out->west.b.in: message was refused by b (elsewhere: it carries the conn.id of another gear");
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
