package io.fluxrig.transport.snake.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class PeerWatchTest {
    private static final String SWITCH = "flux.msg.west.switch.in";
    private static final long INTERVAL_MS = 1_000;
    private static final long FORGET_NS = PeerWatch.FORGET_SILENCES * PeerWatch.MISSES_MAX * INTERVAL_MS * 1_000_000;

    private final VirtualClock clock = new VirtualClock();
    private final PeerFigures figures = new PeerFigures();
    private final PeerWatch watch = new PeerWatch(clock, figures, NOPLogger.NOP_LOGGER);
    private final FarEnd end = new FarEnd(SWITCH, serving -> {});

    private void hear(String rack, long epochNs) {
        watch.heard("west", new Heartbeat(rack, epochNs, INTERVAL_MS, Map.of(SWITCH, true)), true);
    }

    /** As many as are kept apart. */
    private void fill() {
        watch.add(end);
        for (int i = 0; i < PeerWatch.RACKS_MAX; i++) {
            hear("old-" + i, clock.epochNanos());
            clock.advance(1);
        }
    }

    @Test
    void shouldMakeRoomForANewRackOnceAnotherHasBeenSilentForLong() {
        fill();
        clock.advance(FORGET_NS - PeerWatch.RACKS_MAX);
        hear("new", clock.epochNanos());
        assertThat(figures.crowded()).as("too early").isEqualTo(1);

        clock.advance(PeerWatch.RACKS_MAX);
        hear("new", clock.epochNanos());
        watch.look(true);

        assertThat(figures.crowded()).isEqualTo(1);
        assertThat(end.serving()).as("the new one alone").isEqualTo(1);
    }

    @Test
    void shouldKeepTheRacksThatSpeakHoweverManyAreNew() {
        fill();
        clock.advance(FORGET_NS + 1);
        for (int i = 1; i < PeerWatch.RACKS_MAX; i++) {
            hear("old-" + i, clock.epochNanos());
        }
        hear("new", clock.epochNanos());
        hear("more", clock.epochNanos());

        assertThat(figures.crowded()).isEqualTo(1);
        assertThat(end.serving()).isEqualTo(PeerWatch.RACKS_MAX);
    }

    /** Whoever reads NATS can say a heartbeat again. */
    @Test
    void shouldNotTakeAnOldHeartbeatOfARackThatWasForgotten() {
        fill();
        long saidNs = clock.epochNanos() - PeerWatch.RACKS_MAX;
        clock.advance(FORGET_NS + 1);
        hear("new", clock.epochNanos());
        hear("old-0", saidNs);

        assertThat(figures.stale()).isEqualTo(1);
    }

    @Test
    void shouldTakeANewRackThoughOneThatWasForgottenHadAClockThatWasAhead() {
        watch.add(end);
        hear("ahead", clock.epochNanos() + 1_000 * FORGET_NS);
        clock.advance(1);
        for (int i = 1; i < PeerWatch.RACKS_MAX; i++) {
            hear("old-" + i, clock.epochNanos());
        }
        clock.advance(FORGET_NS);
        hear("new", clock.epochNanos());
        hear("another", clock.epochNanos());

        assertThat(figures.stale()).isZero();
    }
}
