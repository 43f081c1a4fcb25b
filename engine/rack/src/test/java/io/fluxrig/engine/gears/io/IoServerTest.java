package io.fluxrig.engine.gears.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.gears.Probe;
import io.fluxrig.engine.gears.SimRig;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class IoServerTest extends IoServerRig {
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
    void shouldCountKeepAlivesAndAnswerNone() throws Exception {
        start("");
        try (TestPeer peer = new TestPeer(port)) {
            peer.write(new byte[] {0, 0, 0, 0});
            peer.send("0800after");
            LoopRig.until(() -> received().equals(List.of("0800after")));
            assertThat(rig.sum("io_keep_alives_total")).isEqualTo(2);
        }
    }
}
