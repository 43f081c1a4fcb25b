package io.fluxrig.engine.gears.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.LogLines;
import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.gears.SimRig;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IoClientTest {
    private static final String GEARS = """
            gears:
              - { name: sink, type: probe }
              - name: host
                type: io_iso8583
                config: { mode: client, connect: "127.0.0.1:%d", connections: %d, reconnect_wait: 5s %s }
            wires:
              - { from: sink.out, to: host.in }
              - { from: host.out, to: sink.in }
            """;

    /** Their ordinal where they are. */
    private static final int TERMINALS = 2;

    private ServerSocket server;
    private LoopRig rig;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(20_000);
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
        server.close();
    }

    private void start(int connections, int strips, String config) {
        rig = new LoopRig(GEARS.formatted(server.getLocalPort(), connections, config), strips, true);
    }

    private static FluxMsg request(String text) {
        FluxMsg message = SimRig.raw(text.getBytes(US_ASCII));
        message.meta().unset(MetaKey.CONN_ID);
        return message;
    }

    @Test
    void shouldUseItsLinksInTurnFromAnyStrip() throws Exception {
        start(2, 2, "");
        try (TestPeer one = new TestPeer(server.accept());
                TestPeer two = new TestPeer(server.accept())) {
            LoopRig.until(() -> rig.sum("connections", "gear", "host") == 2);

            for (int i = 0; i < 4; i++) {
                assertThat(rig.send("sink", i % 2, request("0800" + i))).isEqualTo(Outcome.ACCEPTED);
            }

            Set<String> all = new HashSet<>();
            for (int i = 0; i < 2; i++) {
                all.add(one.receive());
                all.add(two.receive());
            }
            assertThat(all).containsExactlyInAnyOrder("08000", "08001", "08002", "08003");
        }
    }

    @Test
    void shouldSendOverAnotherStripWhereItHasNoLinkOfItsOwn() throws Exception {
        start(1, 2, "");
        try (TestPeer only = new TestPeer(server.accept())) {
            LoopRig.until(() -> rig.sum("connections", "gear", "host") == 1);

            assertThat(rig.send("sink", 0, request("0800a"))).isEqualTo(Outcome.ACCEPTED);
            assertThat(rig.send("sink", 1, request("0800b"))).isEqualTo(Outcome.ACCEPTED);

            assertThat(List.of(only.receive(), only.receive())).containsExactlyInAnyOrder("0800a", "0800b");
        }
    }

    @Test
    void shouldSayLinkDownAndComeBackAfterTheWait() throws Exception {
        start(1, 1, "");
        try (TestPeer first = new TestPeer(server.accept())) {
            LoopRig.until(() -> rig.sum("connections", "gear", "host") == 1);
            rig.send("sink", 0, request("0800a"));
            assertThat(first.receive()).isEqualTo("0800a");
        }
        LoopRig.until(() -> rig.sum("connections", "gear", "host") == 0);
        assertThat(rig.send("sink", 0, request("0800b"))).isEqualTo(Outcome.LINK_DOWN);

        rig.advance(Duration.ofMillis(700));

        try (TestPeer second = new TestPeer(server.accept())) {
            LoopRig.until(() -> rig.sum("connections", "gear", "host") == 1);
            rig.send("sink", 0, request("0800c"));
            assertThat(second.receive()).isEqualTo("0800c");
        }
    }

    @Test
    void shouldTellOnceOfAHostThatHangsUpAgainAndAgain() throws Exception {
        try (LogLines log = new LogLines("gear")) {
            start(1, 1, "");
            for (int time = 0; time < 4; time++) {
                int opened = time + 1;
                Socket host = server.accept();
                LoopRig.until(() -> rig.sum("io_connections_opened_total", "gear", "host") == opened);
                host.close();
                LoopRig.until(() -> rig.sum("connections", "gear", "host") == 0);
                rig.advance(Duration.ofSeconds(5));
            }
            assertThat(log.said().stream().filter(line -> line.contains(" is up")))
                    .hasSize(2);
            assertThat(log.said().stream().filter(line -> line.contains("closed: peer_closed")))
                    .hasSize(1);
        }
    }

    @Test
    void shouldKeepTryingWhereNobodyListensYet() throws Exception {
        int port = server.getLocalPort();
        server.close();
        rig = new LoopRig(GEARS.formatted(port, 1, ""), 1, true);
        LoopRig.until(() -> {
            rig.advance(Duration.ofSeconds(1));
            return rig.sum("io_connect_failures_total") >= 3;
        });
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setSoTimeout(20_000);
        LoopRig.until(() -> {
            rig.advance(Duration.ofSeconds(1));
            return rig.sum("connections", "gear", "host") == 1;
        });
    }

    /** Host and terminals on a rack; sink sends to both if {@code shared}, else to terminals only, and books to the host. */
    private void startBesideTerminals(int strips, boolean shared) {
        String gears = """
                gears:
                  - { name: sink, type: probe }
                  - { name: books, type: probe }
                  - { name: terminals, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:%d" } }
                  - { name: host, type: io_iso8583, config: { mode: client, connect: "127.0.0.1:%d" } }
                wires:
                  - { from: terminals.out, to: sink.in }
                  - { from: sink.out, to: terminals.in }
                  - { from: %s.out, to: host.in }
                """;
        String toHost = shared ? "sink" : "books";
        rig = new LoopRig(gears.formatted(FreePort.onLoopback(), server.getLocalPort(), toHost), strips, true);
    }

    private static FluxMsg ofTerminals(String text) {
        FluxMsg foreign = SimRig.raw(text.getBytes(US_ASCII));
        foreign.meta().set(MetaKey.CONN_ID, ConnIds.of(0, TERMINALS, 1, 0));
        return foreign;
    }

    @Test
    void shouldLeaveAnswersToTheGearThatIsOfferedThemAndHasTheConnection() throws Exception {
        startBesideTerminals(1, true);
        try (TestPeer only = new TestPeer(server.accept())) {
            LoopRig.until(() -> rig.sum("connections", "gear", "host") == 1);

            assertThat(rig.send("sink", 0, ofTerminals("0810")))
                    .as("nothing is down: it is the terminals', whose connection has gone")
                    .isEqualTo(Outcome.GONE);

            rig.send("sink", 0, request("0800a"));
            assertThat(only.receive()).isEqualTo("0800a");
        }
    }

    @Test
    void shouldSendACopyOfWhatAnotherGearsConnectionBroughtOverAnyLinkOfAnyStrip() throws Exception {
        startBesideTerminals(2, false);
        try (TestPeer only = new TestPeer(server.accept())) {
            LoopRig.until(() -> rig.sum("connections", "gear", "host") == 1);

            for (int strip = 0; strip < 2; strip++) {
                assertThat(rig.send("books", strip, ofTerminals("0220" + strip)))
                        .isEqualTo(Outcome.ACCEPTED);
                assertThat(only.receive()).isEqualTo("0220" + strip);
            }
        }
    }

    @Test
    void shouldSendWhatConnectionsOfAnotherRackAskedOverAnyLink() throws Exception {
        start(1, 1, "");
        try (TestPeer only = new TestPeer(server.accept())) {
            LoopRig.until(() -> rig.sum("connections", "gear", "host") == 1);
            int ordinalOfHost = 1;
            for (int gear : new int[] {0, ordinalOfHost}) {
                FluxMsg foreign = SimRig.raw("0800far".getBytes(US_ASCII));
                foreign.meta().set(MetaKey.CONN_ID, ConnIds.of(0, gear, 1, 0));
                foreign.meta().set(MetaKey.CONN_RACK, "east/1");

                assertThat(rig.send("sink", 0, foreign)).isEqualTo(Outcome.ACCEPTED);
                assertThat(only.receive()).isEqualTo("0800far");
            }
        }
    }

    @Test
    void shouldSendTheConfiguredTpduWithRequests() throws Exception {
        start(1, 1, ", variant: hypercom, tpdu_value: \"6000030000\"");
        try (TestPeer only = new TestPeer(server.accept())) {
            LoopRig.until(() -> rig.sum("connections", "gear", "host") == 1);
            FluxMsg bcd = SimRig.raw(new byte[] {0x08, 0x00});
            bcd.meta().unset(MetaKey.CONN_ID);
            rig.send("sink", 0, bcd);

            assertThat(only.receive(9)).containsExactly(0, 7, 0x60, 0, 3, 0, 0, 0x08, 0);
        }
    }
}
