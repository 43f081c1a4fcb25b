package io.fluxrig.engine.gears.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.gears.Probe;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom a server lets in, and whom it keeps. */
@Timeout(60)
class IoServerAdmissionTest extends IoServerRig {
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

    private boolean canConnect() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }
}
