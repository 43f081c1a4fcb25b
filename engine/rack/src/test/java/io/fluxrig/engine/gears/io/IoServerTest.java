package io.fluxrig.engine.gears.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.gears.Probe;
import io.fluxrig.engine.gears.SimRig;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class IoServerTest {
    private static final String GEARS = """
            gears:
              - name: door
                type: io_iso8583
                config: { mode: server, bind: "127.0.0.1:%d" %s }
              - { name: sink, type: probe }
            wires:
              - { from: door.out, to: sink.in }
              - { from: sink.out, to: door.in }
            """;

    /** Few, so that a test can have them all. */
    private static final int TIMERS_MAX = 16;

    private final int port = FreePort.onLoopback();
    private LoopRig rig;

    @AfterEach
    void close() {
        rig.close();
    }

    private void start(String config) {
        start(config, 1, true);
    }

    private void start(String config, int strips, boolean nativeTransport) {
        rig = new LoopRig(GEARS.formatted(port, config.isEmpty() ? "" : ", " + config), strips, nativeTransport);
    }

    private List<String> received() {
        return rig.probe("sink").seen.stream()
                .map(seen -> new String(seen.raw(), US_ASCII))
                .toList();
    }

    /** Sends the first message of a test with one strip and returns what the rack saw. */
    private Probe.Seen ask(TestPeer peer, String message) throws IOException {
        peer.send(message);
        LoopRig.until(() -> received().size() == 1);
        return rig.probe("sink").seen.get(0);
    }

    private void awaitOnBothStrips(int messages) {
        LoopRig.until(() ->
                rig.probe("sink", 0).seen.size() + rig.probe("sink", 1).seen.size() == messages);
    }

    private static FluxMsg answer(Probe.Seen request, String message) {
        FluxMsg answer = SimRig.raw(message.getBytes(US_ASCII));
        answer.meta().set(MetaKey.CONN_ID, Long.parseLong(request.meta(MetaKey.CONN_ID)));
        if (request.meta(MetaKey.ISO_RAW_HEADER) != null) {
            answer.meta().set(MetaKey.ISO_RAW_HEADER, request.meta(MetaKey.ISO_RAW_HEADER));
        }
        return answer;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCutFramesHoweverTheyArrive(boolean nativeTransport) throws Exception {
        start("", 1, nativeTransport);
        try (TestPeer peer = new TestPeer(port)) {
            for (byte b : TestPeer.frame("0800one")) {
                peer.write(new byte[] {b});
            }
            peer.write(join(TestPeer.frame("0800two"), TestPeer.frame("0800three"), new byte[] {0}));
            LoopRig.until(() -> received().size() == 3);
            peer.write(new byte[] {8, '0', '8', '0'});
            peer.write(new byte[] {'0', 'f', 'o', 'u', 'r'});
            LoopRig.until(() -> received().size() == 4);

            assertThat(received()).containsExactly("0800one", "0800two", "0800three", "0800four");
            Probe.Seen seen = rig.probe("sink").seen.get(0);
            assertThat(seen.meta(MetaKey.PEER_IP)).isEqualTo("127.0.0.1");
            assertThat(seen.meta(MetaKey.PEER_PORT)).isEqualTo("" + peer.localPort());
            assertThat(seen.meta(MetaKey.FLUXRIG_SOURCE)).isEqualTo("door");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotShareItsPortWithASecondRack(boolean nativeTransport) {
        start("", 2, nativeTransport);

        assertThatThrownBy(() -> new LoopRig(GEARS.formatted(port, ""), 2, nativeTransport))
                .hasStackTraceContaining(
                        "cannot listen on 127.0.0.1:" + port + ": address already in use; another process");
    }

    @Test
    void shouldSayOfAnAddressOfAnotherMachineThatItIsOne() {
        start("", 1, true);
        String elsewhere = GEARS.formatted(port, "").replace("127.0.0.1", "192.0.2.7");

        assertThatThrownBy(() -> new LoopRig(elsewhere, 1, true))
                .hasStackTraceContaining("cannot assign requested address; this machine has no such address")
                .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain("listens there"));
    }

    @Test
    void shouldAnswerOnTheConnectionAskedFrom() throws Exception {
        start("", 2, true);
        List<TestPeer> peers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            peers.add(new TestPeer(port));
            peers.get(i).send("0800" + i);
        }
        awaitOnBothStrips(16);
        for (int strip = 0; strip < 2; strip++) {
            for (Probe.Seen seen : rig.probe("sink", strip).seen) {
                String asked = new String(seen.raw(), US_ASCII);
                int other = 1 - strip;
                assertThat(rig.send("sink", other, answer(seen, "0810" + asked.substring(4))))
                        .isEqualTo(Outcome.ACCEPTED);
            }
        }
        for (int i = 0; i < 16; i++) {
            assertThat(peers.get(i).receive()).isEqualTo("0810" + i);
            peers.get(i).close();
        }
    }

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

    @Test
    void shouldCloseOversizedAndGarbageAndDisturbNobodyElse() throws Exception {
        start("frame_length_max: 100");
        try (TestPeer good = new TestPeer(port);
                TestPeer oversized = new TestPeer(port);
                TestPeer garbage = new TestPeer(port)) {
            good.write(new byte[] {0, 8, '0', '8'});
            oversized.write(new byte[] {0, 101});
            garbage.send("GET / HTTP/1.1");

            assertThat(oversized.isClosedByPeer()).isTrue();
            assertThat(garbage.isClosedByPeer()).isTrue();
            good.write(new byte[] {'0', '0', 'g', 'o', 'o', 'd'});
            LoopRig.until(() -> received().equals(List.of("0800good")));
        }
        assertThat(rig.sum("connections_refused_total", "reason", "length_too_large"))
                .isEqualTo(1);
        assertThat(rig.sum("connections_refused_total", "reason", "not_an_mti")).isEqualTo(1);
    }

    @Test
    void shouldSayWhatSeemsToLieBehindBytesThatAreNoFrameAndWhichKeyToLookAt() throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger("gear.door");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        start("");
        try (TestPeer bcd = new TestPeer(port)) {
            bcd.write(new byte[] {0, 4, 1, 0, 0, 0});
            assertThat(bcd.isClosedByPeer()).isTrue();
            LoopRig.until(() -> rig.sum("connections_refused_total", "reason", "not_an_mti") == 1);
            LoopRig.until(() -> !lines.list.isEmpty()); // told after it was counted
        } finally {
            log.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("closed: not_an_mti: the message type is written in bcd, not in ascii; set encoding: bcd");
    }

    @Test
    void shouldCloseWhoBeginsAFrameAndDoesNotEndIt() throws Exception {
        start("read_timeout: 5s");
        try (TestPeer half = new TestPeer(port);
                TestPeer idle = new TestPeer(port)) {
            half.write(new byte[] {0, 8, '0', '8'});
            LoopRig.until(() -> rig.sum("io_bytes_in_total") == 4);
            LoopRig.until(() -> rig.sum("connections") == 2);
            passes(Duration.ofMillis(4_900));
            assertThat(rig.sum("connections")).isEqualTo(2);

            passes(Duration.ofMillis(1_500));

            assertThat(half.isClosedByPeer()).isTrue();
            LoopRig.until(() -> rig.sum("connections_refused_total", "reason", "read_timeout") == 1);
            idle.send("0800still here");
            LoopRig.until(() -> received().equals(List.of("0800still here")));
        }
    }

    @Test
    void shouldCloseWhoIsSilentForTheIdleTimeout() throws Exception {
        start("idle_timeout: 60s");
        try (TestPeer idle = new TestPeer(port)) {
            LoopRig.until(() -> rig.sum("connections") == 1);
            for (int i = 0; i < 160; i++) {
                passes(Duration.ofMillis(400));
            }

            assertThat(idle.isClosedByPeer()).isTrue();
            LoopRig.until(() -> rig.sum("connections_closed_total", "reason", "idle_timeout") == 1);
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

    private static void fillWheel(Probe sink, List<Long> taken) {
        Timers.Source timers = sink.context.timers().source((nowNs, unused) -> {});
        long day = sink.context.clock().nanoTime() + Duration.ofDays(1).toNanos();
        for (long id = timers.schedule(day, 0); id != Timers.FULL; id = timers.schedule(day, 0)) {
            taken.add(id);
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

    @Test
    void shouldWriteLargeAnswersWhole() throws Exception {
        start("pending_max: 8388608");
        try (TestPeer peer = new TestPeer(port)) {
            Probe.Seen seen = ask(peer, "0800hello");
            for (int i = 0; i < 400; i++) {
                assertThat(rig.send("sink", 0, answer(seen, "0810%04d".formatted(i) + "y".repeat(15_000))))
                        .isEqualTo(Outcome.ACCEPTED);
            }
            for (int i = 0; i < 400; i++) {
                assertThat(peer.receive()).startsWith("0810%04d".formatted(i)).hasSize(15_008);
            }
        }
    }

    @Test
    void shouldSwapTheRequestsTpduInItsAnswer() throws Exception {
        start("tpdu_enabled: true");
        try (TestPeer peer = new TestPeer(port)) {
            peer.write(join(new byte[] {0, 13, 0x60, 0x01, 0x02, 0x03, 0x04}, "0800tpdu".getBytes(US_ASCII)));
            LoopRig.until(() -> received().size() == 1);

            rig.send("sink", 0, answer(rig.probe("sink").seen.get(0), "0810tpdu"));

            assertThat(peer.receive(15))
                    .isEqualTo(join(new byte[] {0, 13, 0x60, 0x03, 0x04, 0x01, 0x02}, "0810tpdu".getBytes(US_ASCII)));
        }
    }

    @Test
    void shouldAdmitNoMoreThanTheMostAndNobodyNotAllowed() throws Exception {
        start("max_connections: 1");
        try (TestPeer first = new TestPeer(port)) {
            ask(first, "0800first");
            try (TestPeer second = new TestPeer(port)) {
                assertThat(second.isClosedByPeer()).isTrue();
            }
            assertThat(rig.sum("connections_refused_total", "reason", "too_many_connections"))
                    .isEqualTo(1);
        }
        LoopRig.until(() -> rig.sum("connections") == 0);
        try (TestPeer third = new TestPeer(port)) {
            third.send("0800third");
            LoopRig.until(() -> received().equals(List.of("0800first", "0800third")));
        }
    }

    @Test
    void shouldCloseWhoIsNotAllowed() throws Exception {
        start("allow: [ 10.0.0.0/8 ]");
        try (TestPeer stranger = new TestPeer(port)) {
            assertThat(stranger.isClosedByPeer()).isTrue();
        }
        assertThat(rig.sum("connections_refused_total", "reason", "not_allowed"))
                .isEqualTo(1);
        assertThat(rig.sum("connections")).isZero();
    }

    @Test
    void shouldTellOfConnectionsAndObeyClose() throws Exception {
        start("");
        try (TestPeer peer = new TestPeer(port)) {
            LoopRig.until(() -> !rig.probe("sink").signals.isEmpty());
            Signal.ConnUp up = (Signal.ConnUp) rig.probe("sink").signals.get(0);

            rig.probe("sink").context.signal(new Signal.ConnClose(up.connId(), "test"));

            assertThat(peer.isClosedByPeer()).isTrue();
            LoopRig.until(() -> rig.probe("sink").signals.size() == 3);
            assertThat(rig.probe("sink").signals.get(2))
                    .isEqualTo(new Signal.ConnDown(up.gearOrdinal(), up.connId(), "signal"));
        }
    }

    @Test
    void shouldRefuseAnswersWithoutOrForGoneConnections() throws Exception {
        start("");
        FluxMsg without = SimRig.raw("0810".getBytes(US_ASCII));
        without.meta().unset(MetaKey.CONN_ID);
        assertThat(rig.send("sink", 0, without)).isEqualTo(Outcome.LINK_DOWN);
        Probe.Seen seen;
        try (TestPeer peer = new TestPeer(port)) {
            seen = ask(peer, "0800bye");
        }
        LoopRig.until(() -> rig.sum("connections") == 0);

        assertThat(rig.send("sink", 0, answer(seen, "0810"))).isEqualTo(Outcome.GONE);
    }

    @Test
    void shouldNotTakeAConnectionOfAnotherRackForOneOfItsOwn() throws Exception {
        start("");
        try (TestPeer peer = new TestPeer(port)) {
            Probe.Seen seen = ask(peer, "0800mine");
            FluxMsg foreign = answer(seen, "0810of another rack's");
            foreign.meta().set(MetaKey.CONN_RACK, "west/1");

            assertThat(rig.send("sink", 0, foreign)).isEqualTo(Outcome.ELSEWHERE);

            assertThat(rig.send("sink", 0, answer(seen, "0810mine"))).isEqualTo(Outcome.ACCEPTED);
            assertThat(peer.receive()).isEqualTo("0810mine");
        }
    }

    @Test
    void shouldListenNoMoreWhileDrainingButWriteAnswers() throws Exception {
        start("");
        try (TestPeer peer = new TestPeer(port)) {
            Probe.Seen seen = ask(peer, "0800before");

            rig.drain("door");

            assertThat(rig.send("sink", 0, answer(seen, "0810after"))).isEqualTo(Outcome.ACCEPTED);
            assertThat(peer.receive()).isEqualTo("0810after");
            assertThat(canConnect()).isFalse();
        }
    }

    @Test
    void shouldCountKeepAlivesAndAnswerNone() throws Exception {
        start("");
        try (TestPeer peer = new TestPeer(port)) {
            peer.write(new byte[] {0, 0, 0, 0});
            peer.send("0800after");
            LoopRig.until(() -> received().equals(List.of("0800after")));
            assertThat(rig.sum("io_keep_alives_total")).isEqualTo(2);
        }
    }

    private boolean canConnect() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }

    /** Lets virtual time pass and waits until the strip's ticks have seen it. */
    private void passes(Duration duration) {
        rig.advance(duration);
        long before = rig.sum("strip_batches_total");
        LoopRig.until(() -> rig.sum("strip_batches_total") > before + 1);
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
