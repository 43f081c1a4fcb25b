package io.fluxrig.engine.gears.io;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.gears.Probe;
import io.fluxrig.transport.msg.MetaKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** How a server cuts what it reads into messages, and what it closes a connection for. */
@Timeout(60)
class IoServerFramesTest extends IoServerRig {
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
}
