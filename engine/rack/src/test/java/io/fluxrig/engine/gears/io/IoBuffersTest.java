package io.fluxrig.engine.gears.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.gears.Probe;
import io.fluxrig.engine.gears.SimRig;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IoBuffersTest {

    @Test
    void shouldGiveEveryBufferBackWhateverHappenedToItsConnection() throws Exception {
        long before = active();
        int port = FreePort.onLoopback();
        try (LoopRig rig = new LoopRig("""
                gears:
                  - name: door
                    type: io_iso8583
                    config: { mode: server, bind: "127.0.0.1:%d" }
                  - { name: sink, type: probe }
                wires:
                  - { from: door.out, to: sink.in }
                  - { from: sink.out, to: door.in }
                """.formatted(port))) {
            for (int i = 0; i < 20; i++) {
                try (TestPeer slow = new TestPeer(port);
                        TestPeer half = new TestPeer(port);
                        TestPeer garbage = new TestPeer(port)) {
                    slow.send("0800" + i);
                    half.write(new byte[] {1, 0, '0', '8'});
                    garbage.send("GET / HTTP/1.1");
                    int seen = i + 1;
                    LoopRig.until(() -> rig.probe("sink").seen.size() == seen);
                    assertThat(garbage.isClosedByPeer()).isTrue();
                    stuff(rig, rig.probe("sink").seen.get(i));
                }
            }
            LoopRig.until(() -> rig.sum("connections") == 0);
            assertThat(rig.sum("io_bytes_unwritten_total")).isPositive();
            assertThat(active()).isGreaterThan(before);
        }
        LoopRig.until(() -> active() == before);
    }

    /** Answers until the peer, which reads nothing, has made the gear full. */
    private static void stuff(LoopRig rig, Probe.Seen seen) {
        FluxMsg answer = SimRig.raw(("0810" + "z".repeat(16_000)).getBytes(US_ASCII));
        answer.meta().set(MetaKey.CONN_ID, Long.parseLong(seen.meta(MetaKey.CONN_ID)));
        int full = 0;
        while (full < 20) {
            full += rig.send("sink", 0, answer) == Outcome.FULL ? 1 : 0;
        }
    }

    /** Direct buffers taken from Netty's arenas and not given back. */
    private static long active() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }
}
