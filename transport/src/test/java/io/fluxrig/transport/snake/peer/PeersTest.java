package io.fluxrig.transport.snake.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.FakeBus;
import io.fluxrig.transport.snake.seal.SnakeKey;
import io.fluxrig.transport.snake.wire.WireRig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** West speaks, east hears, on one clock; the test takes the turns that threads take. */
class PeersTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long LOOK_NS = 50_000_000L;
    private static final String SWITCH = "flux.msg.west.switch.in";

    private final VirtualClock clock = new VirtualClock();
    private final FakeBus bus = new FakeBus();
    private final Peers east = peers("east", 1);
    private Peers west = peers("west", 1);
    private final List<Integer> told = new ArrayList<>();
    private boolean serves = true;
    private final FarEnd end = east.farEnd(SWITCH, told::add);

    private Peers peers(String rack, int key) {
        return new Peers(rack, bus, WireRig.key(key), WireRig.key(key), SECOND_NS, clock, NOPLogger.NOP_LOGGER);
    }

    private void start() {
        west.nearEnd(SWITCH, () -> serves);
        east.listen();
        west.turn();
    }

    /** Time passes at the racks that run. */
    private void pass(long ns, Peers... running) {
        for (long passed = 0; passed < ns; passed += LOOK_NS) {
            clock.advance(LOOK_NS);
            for (Peers one : running) {
                one.turn();
            }
        }
    }

    @Test
    void shouldTakeAnEndThatWasNeverHeardForDown() {
        pass(SECOND_NS, east);

        assertThat(end.serving()).isZero();
        assertThat(end.downBecause()).isEqualTo("it has not been heard yet");
    }

    @Test
    void shouldTakeAnEndThatServesForUp() {
        start();

        assertThat(told).containsExactly(1);
        assertThat(end.downBecause()).isEmpty();
    }

    @Test
    void shouldKeepAnEndUpAsLongAsItsRackSpeaks() {
        start();
        pass(60 * SECOND_NS, east, west);

        assertThat(told).containsExactly(1);
        assertThat(west.figures().sent()).isEqualTo(61);
    }

    @Test
    void shouldTakeDownWhoseHeartbeatsStop() {
        start();
        pass(3 * SECOND_NS, east);
        assertThat(end.serving()).isEqualTo(1);

        pass(LOOK_NS, east);
        assertThat(told).containsExactly(1, 0);
        assertThat(end.downBecause()).isEqualTo("its heartbeats have stopped");
        assertThat(east.figures().lost()).isEqualTo(1);
    }

    @Test
    void shouldTellAtOnceWhatCannotServeAnyMore() {
        start();
        serves = false;
        pass(LOOK_NS, west);

        assertThat(told).containsExactly(1, 0);
        assertThat(end.isThere()).isTrue();
        assertThat(end.downBecause()).isEqualTo("its gears do not run, or no host behind that port is connected");
    }

    @Test
    void shouldTakeUpAgainWhatCanServeAgain() {
        start();
        serves = false;
        pass(LOOK_NS, west);
        serves = true;
        pass(LOOK_NS, west);

        assertThat(told).containsExactly(1, 0, 1);
    }

    @Test
    void shouldTakeEverythingDownWhileThereIsNoNats() {
        start();
        bus.connection = Bus.DOWN;
        east.turn();
        assertThat(told).containsExactly(1, 0);
        assertThat(end.downBecause()).isEqualTo("there is no connection to NATS");

        bus.connection = 2;
        pass(LOOK_NS, east, west);
        assertThat(told).containsExactly(1, 0, 1);
    }

    @Test
    void shouldTakeDownWhatItsRackDoesNotHave() {
        west.nearEnd("flux.msg.west.other.in", () -> true);
        east.listen();
        west.turn();

        assertThat(end.serving()).isZero();
        assertThat(end.downBecause()).isEqualTo("it does not have that port");
    }

    @Test
    void shouldNotBelieveARackWithAnotherKey() {
        west = peers("west", 2);
        start();

        assertThat(end.serving()).isZero();
        assertThat(east.figures().forged()).isEqualTo(1);
    }

    @Test
    void shouldAdviseWhatHelpsWhereARackHasAnotherKey() {
        List<String> advised = new ArrayList<>();
        SnakeKey hearing = WireRig.advising(2, () -> advised.add("asked"));
        Peers south = new Peers("south", bus, WireRig.key(2), hearing, SECOND_NS, clock, NOPLogger.NOP_LOGGER);
        south.farEnd(SWITCH, told::add);
        south.listen();

        west.nearEnd(SWITCH, () -> serves);
        west.turn();

        assertThat(advised).isNotEmpty();
    }

    @Test
    void shouldNotBelieveAnOldHeartbeatToldAgain() {
        start();
        String subject = Heartbeat.subject("west");
        byte[] old =
                new Heartbeat("west", clock.epochNanos(), 1000, Map.of(SWITCH, true)).write(WireRig.key(1), subject);
        pass(5 * SECOND_NS, east);
        bus.publish(subject, null, null, old);

        assertThat(end.serving()).isZero();
        assertThat(east.figures().stale()).isEqualTo(1);
    }

    @Test
    void shouldBelieveARackWhoseClockIsSetBackWhileItRuns() {
        start();
        clock.jump(-3600 * SECOND_NS);
        pass(10 * SECOND_NS, east, west);

        assertThat(told).containsExactly(1);
    }

    @Test
    void shouldCountTheRacksOfAGroupThatServe() {
        Peers second = peers("west-2", 1);
        second.nearEnd(SWITCH, () -> true);
        start();
        second.turn();
        assertThat(end.serving()).isEqualTo(2);

        pass(4 * SECOND_NS, east, second);
        assertThat(end.serving()).isEqualTo(1);
    }

    @Test
    void shouldNotKeepMoreRacksApartThanItsBound() {
        start();
        for (int i = 0; i <= PeerWatch.RACKS_MAX; i++) {
            Peers other = peers("west-" + i, 1);
            other.nearEnd(SWITCH, () -> true);
            other.turn();
        }

        assertThat(end.serving()).isEqualTo(PeerWatch.RACKS_MAX);
        assertThat(east.figures().crowded()).isEqualTo(2);
    }

    @Test
    void shouldAnswerANewcomerAtOnce() {
        Peers newcomer = peers("east", 1);
        FarEnd seen = newcomer.farEnd(SWITCH, up -> {});
        newcomer.nearEnd("flux.msg.east.switch.in", () -> true);
        west.farEnd("flux.msg.east.switch.in", up -> {});
        west.nearEnd(SWITCH, () -> true);
        west.listen();
        west.turn();
        newcomer.listen();
        newcomer.turn();
        west.turn();

        assertThat(seen.isThere()).isTrue();
    }

    /** The thread ended: it said nothing more, and racks that were dead stayed up. */
    @Test
    void shouldGoOnAfterAnError() {
        AtomicInteger asked = new AtomicInteger();
        west.nearEnd(SWITCH, () -> {
            if (asked.incrementAndGet() == 1) {
                throw new StackOverflowError("as a test wants it");
            }
            return true;
        });
        east.listen();
        west.start();

        Awaitility.await().until(() -> end.serving() == 1);
        west.close();
    }

    @Test
    void shouldSayGoodbyeWhenItEnds() {
        west.nearEnd(SWITCH, () -> true);
        east.listen();
        west.start();
        Awaitility.await().until(() -> end.serving() == 1);
        west.close();

        assertThat(end.downBecause()).isEqualTo("it does not have that port");
    }
}
