package io.fluxrig.engine.gears.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.net.FreePort;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sockets whose frames end where their message does. */
@Timeout(60)
class FrameEndsTest {
    private static final String GEARS = """
            gears:
              - name: door
                type: io_iso8583
                config: { mode: server, bind: "127.0.0.1:%d", %s }
              - { name: sink, type: probe }
            wires:
              - { from: door.out, to: sink.in }
              - { from: sink.out, to: door.in }
            """;
    private static final String ECHO =
            "0800" + "8220000000000000" + "0400000000000000" + "1123082312" + "000001" + "301";
    private static final String BY_DIALECT = "frame_end: message, spec_path: moov:spec87ascii";

    private final int port = FreePort.onLoopback();
    private LoopRig rig;

    @AfterEach
    void close() {
        if (rig != null) {
            rig.close();
        }
    }

    private List<String> received() {
        return rig.probe("sink").seen.stream()
                .map(seen -> new String(seen.raw(), US_ASCII))
                .toList();
    }

    @Test
    void shouldCutMessagesWhereTheirDialectSaysThatTheyEnd() throws Exception {
        rig = new LoopRig(GEARS.formatted(port, BY_DIALECT), 1, true);
        try (TestPeer peer = new TestPeer(port)) {
            peer.write((ECHO + ECHO.substring(0, 30)).getBytes(US_ASCII));
            LoopRig.until(() -> received().size() == 1);
            peer.write((ECHO.substring(30) + ECHO).getBytes(US_ASCII));
            LoopRig.until(() -> received().size() == 3);

            assertThat(received()).containsOnly(ECHO);
        }
    }

    @Test
    void shouldCloseAConnectionWhoseBytesAreNoMessageOfTheDialect() throws Exception {
        rig = new LoopRig(GEARS.formatted(port, BY_DIALECT), 1, true);
        try (TestPeer peer = new TestPeer(port)) {
            peer.write(ECHO.replace("8220", "82X0").getBytes(US_ASCII));

            assertThat(peer.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void shouldCutTextBehindTheLineThatClosesIt() throws Exception {
        String xml = "<isomsg>\n  <field id=\"0\" value=\"0800\"/>\n</isomsg>\n";
        rig = new LoopRig(GEARS.formatted(port, "frame_end: isomsg"), 1, true);
        try (TestPeer peer = new TestPeer(port)) {
            peer.write(("<log>\n" + xml + xml).getBytes(US_ASCII));
            LoopRig.until(() -> received().size() == 2);

            assertThat(received()).containsOnly(xml);
        }
    }

    @Test
    void shouldReadAPreambleAndACountedTrailer() throws Exception {
        rig = new LoopRig(
                GEARS.formatted(
                        port,
                        "frame_preamble: D04A, frame_length_reserved: 2, trailer: etx, frame_includes_trailer: true"),
                1,
                true);
        try (TestPeer peer = new TestPeer(port)) {
            peer.write(new byte[] {(byte) 0xD0, 0x4A, 0, 6, 0, 0, '0', '8', '0', '0', 'x', 3});
            LoopRig.until(() -> received().size() == 1);

            assertThat(received()).containsExactly("0800x");
        }
    }

    @Test
    void shouldWantADialectWhereTheDialectTellsTheEnd() {
        assertThatThrownBy(() -> new LoopRig(GEARS.formatted(port, "frame_end: message"), 1, true))
                .hasStackTraceContaining("goes with frame_end: message");
        assertThatThrownBy(() -> new LoopRig(GEARS.formatted(port, "spec_path: moov:spec87ascii"), 1, true))
                .hasStackTraceContaining("goes with frame_end: message");
    }
}
