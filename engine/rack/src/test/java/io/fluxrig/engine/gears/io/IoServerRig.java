package io.fluxrig.engine.gears.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.gears.Probe;
import io.fluxrig.engine.gears.SimRig;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A server gear before a probe that takes what it receives; on real sockets, one rig for each test. */
abstract class IoServerRig {
    static final String GEARS = """
            gears:
              - name: door
                type: io_iso8583
                config: { mode: server, bind: "127.0.0.1:%d" %s }
              - { name: sink, type: probe }
            wires:
              - { from: door.out, to: sink.in }
              - { from: sink.out, to: door.in }
            """;

    final int port = FreePort.onLoopback();
    LoopRig rig;

    @AfterEach
    void close() {
        rig.close();
    }

    void start(String config) {
        start(config, 1, true);
    }

    void start(String config, int strips, boolean nativeTransport) {
        rig = new LoopRig(GEARS.formatted(port, config.isEmpty() ? "" : ", " + config), strips, nativeTransport);
    }

    List<String> received() {
        return rig.probe("sink").seen.stream()
                .map(seen -> new String(seen.raw(), US_ASCII))
                .toList();
    }

    /** Sends the first message of a test with one strip and returns what the rack saw. */
    Probe.Seen ask(TestPeer peer, String message) throws IOException {
        peer.send(message);
        LoopRig.until(() -> received().size() == 1);
        return rig.probe("sink").seen.get(0);
    }

    void awaitOnBothStrips(int messages) {
        LoopRig.until(() ->
                rig.probe("sink", 0).seen.size() + rig.probe("sink", 1).seen.size() == messages);
    }

    static FluxMsg answer(Probe.Seen request, String message) {
        FluxMsg answer = SimRig.raw(message.getBytes(US_ASCII));
        answer.meta().set(MetaKey.CONN_ID, Long.parseLong(request.meta(MetaKey.CONN_ID)));
        if (request.meta(MetaKey.ISO_RAW_HEADER) != null) {
            answer.meta().set(MetaKey.ISO_RAW_HEADER, request.meta(MetaKey.ISO_RAW_HEADER));
        }
        return answer;
    }

    /** Lets virtual time pass and waits until the strip's ticks have seen it. */
    void passes(Duration duration) {
        rig.advance(duration);
        long before = rig.sum("strip_batches_total");
        LoopRig.until(() -> rig.sum("strip_batches_total") > before + 1);
    }

    static byte[] join(byte[]... parts) {
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
