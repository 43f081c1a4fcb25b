package io.fluxrig.engine.gears.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.gears.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose peers or whose rack take less than comes. */
@Timeout(60)
class IoServerPressureTest extends IoServerRig {
    /** Few, so that a test can have them all. */
    private static final int TIMERS_MAX = 16;

    @Test
    void shouldHoldWhatCrossesFromAnotherStripForAFullConnection() throws Exception {
        start("pending_max: 65536", 2, true);
        try (TestPeer peer = new TestPeer(port)) {
            peer.send("0800slow");
            awaitOnBothStrips(1);
            int owner = rig.probe("sink", 0).seen.isEmpty() ? 1 : 0;
            Probe.Seen request = rig.probe("sink", owner).seen.get(0);
            int sent = fillUp(owner, request);

            for (int i = 0; i < 5; i++) {
                assertThat(rig.send("sink", 1 - owner, answer(request, numbered(sent++))))
                        .isEqualTo(Outcome.ACCEPTED);
            }

            for (int i = 0; i < sent; i++) {
                assertThat(peer.receive()).startsWith(numbered(i).substring(0, 12));
            }
            assertThat(rig.sum("io_frames_over_pending_max_total"))
                    .as("less what the kernel takes meanwhile")
                    .isBetween(1L, 5L);
            assertThat(rig.sum("io_frames_dropped_total", "reason", "full")).isZero();
        }
    }

    @Test
    void shouldCountWhatCrossesBeyondWhatAFullConnectionHolds() throws Exception {
        start("pending_max: 65536", 2, true);
        try (TestPeer peer = new TestPeer(port)) {
            peer.send("0800slow");
            awaitOnBothStrips(1);
            int owner = rig.probe("sink", 0).seen.isEmpty() ? 1 : 0;
            Probe.Seen request = rig.probe("sink", owner).seen.get(0);
            int sent = fillUp(owner, request);

            for (int i = 0; i < 40; i++) {
                rig.send("sink", 1 - owner, answer(request, numbered(sent + i)));
            }

            LoopRig.until(() ->
                    rig.sum("io_frames_dropped_total", "reason", "full") + rig.sum("io_frames_over_pending_max_total")
                            == 40);
            assertThat(rig.sum("io_frames_dropped_total", "reason", "full")).isPositive();
            long held = rig.sum("io_frames_over_pending_max_total");
            assertThat(held * 4_000)
                    .as("bytes held, and those that the kernel took meanwhile")
                    .isLessThan(2 * 65_536);
            for (int i = 0; i < sent + held; i++) {
                assertThat(peer.receive()).startsWith(numbered(i).substring(0, 12));
            }
        }
    }

    @Test
    void shouldHoldWhatIsTooMuchAndGoOnInOrder() throws Exception {
        start("");
        rig.probe("sink").outcome = message -> Outcome.FULL;
        try (TestPeer peer = new TestPeer(port)) {
            for (int i = 0; i < 50; i++) {
                peer.send("0800%04d".formatted(i));
            }
            LoopRig.until(() -> rig.sum("io_read_pauses_total") > 0);
            passes(Duration.ofMillis(20));
            assertThat(received()).isEmpty();

            rig.probe("sink").outcome = message -> Outcome.ACCEPTED;
            passes(Duration.ofMillis(20));
            LoopRig.until(() -> {
                passes(Duration.ofMillis(5));
                return received().size() == 50;
            });

            for (int i = 0; i < 50; i++) {
                assertThat(received().get(i)).isEqualTo("0800%04d".formatted(i));
            }
        }
    }

    @Test
    void shouldGoOnWithWhatItHeldWhileTheTimerWheelWasFull() throws Exception {
        rig = new LoopRig(GEARS.formatted(port, ""), 1, true, TIMERS_MAX);
        Probe sink = rig.probe("sink");
        AtomicInteger offered = new AtomicInteger();
        List<Long> taken = new ArrayList<>();
        sink.outcome = message -> {
            if (offered.incrementAndGet() == 1) {
                fillWheel(sink, taken);
            }
            return Outcome.FULL;
        };
        try (TestPeer peer = new TestPeer(port)) {
            peer.send("0800hello");
            LoopRig.until(() -> offered.get() > 0);
            assertThat(taken).as("timers that somebody else has").isNotEmpty();

            LoopRig.until(() -> {
                passes(Duration.ofMillis(30));
                return offered.get() > 2;
            });
            sink.outcome = message -> Outcome.ACCEPTED;
            LoopRig.until(() -> {
                passes(Duration.ofMillis(30));
                return received().equals(List.of("0800hello"));
            });
        }
    }

    @Test
    void shouldOfferWhatNobodyTakesLessAndLessOften() throws Exception {
        start("");
        AtomicInteger offered = new AtomicInteger();
        Set<Long> ids = ConcurrentHashMap.newKeySet();
        rig.probe("sink").outcome = message -> {
            offered.incrementAndGet();
            ids.add(message.id());
            return Outcome.FULL;
        };
        try (TestPeer peer = new TestPeer(port)) {
            peer.send("0800hello");
            LoopRig.until(() -> offered.get() > 0);
            for (int i = 0; i < 320; i++) {
                passes(Duration.ofMillis(1));
            }
            assertThat(offered).hasValueBetween(10, 40);
            assertThat(ids).as("it is the same message").hasSize(1);
        }
    }

    @Test
    void shouldRefuseThenCloseASlowReader() throws Exception {
        start("write_timeout: 2s, pending_max: 65536");
        try (TestPeer slow = new TestPeer(port)) {
            Probe.Seen seen = ask(slow, "0800hello");
            String long16k = "0810" + "x".repeat(16_000);
            for (int full = 0; full < 3; ) {
                boolean taken = rig.send("sink", 0, answer(seen, long16k)) == Outcome.ACCEPTED;
                full = taken ? 0 : full + 1;
                if (!taken) {
                    passes(Duration.ZERO);
                }
            }
            assertThat(rig.send("sink", 0, answer(seen, long16k))).isEqualTo(Outcome.FULL);

            for (int i = 0; i < 30; i++) {
                passes(Duration.ofMillis(100));
            }
            LoopRig.until(() -> rig.sum("connections_refused_total", "reason", "write_timeout") == 1);
            assertThat(rig.send("sink", 0, answer(seen, "0810late"))).isEqualTo(Outcome.GONE);
        }
    }

    /** Answers on the connection's own strip until the peer, which reads nothing, has made it full; how many it took. */
    private int fillUp(int strip, Probe.Seen request) {
        int sent = 0;
        for (int full = 0; full < 20; ) {
            if (rig.send("sink", strip, answer(request, numbered(sent))) == Outcome.FULL) {
                full++;
            } else {
                full = 0;
                sent++;
            }
        }
        return sent;
    }

    private static String numbered(int number) {
        return "0810" + String.format("%08d", number) + "z".repeat(4_000);
    }

    private static void fillWheel(Probe sink, List<Long> taken) {
        Timers.Source timers = sink.context.timers().source((nowNs, unused) -> {});
        long day = sink.context.clock().nanoTime() + Duration.ofDays(1).toNanos();
        for (long id = timers.schedule(day, 0); id != Timers.FULL; id = timers.schedule(day, 0)) {
            taken.add(id);
        }
    }
}
