package io.fluxrig.cli.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fluxrig.cli.screen.Pulse;
import io.fluxrig.cli.screen.RackFigures;
import io.fluxrig.load.Counts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RackClientTest {
    private static RackFigures status(long requests, long approved, long noRoute, long timeouts, long late, long open)
            throws Exception {
        return RackClient.read(
                """
                { "rack": "east", "state": "running", "uptime_seconds": %d.5, "scenario": { "name": "payment-switch", "version": "1.2.0" },
                  "totals": { "requests": %d, "answers": { "approved": %d, "declined": 7, "other": 1 },
                              "errors": { "no_route": %d, "timeout": %d, "unmatched_reply": %d }, "in_flight": %d },
                  "latency": { "since_start": { "count": 10, "p50_us": 74.2, "p90_us": 80, "p99_us": 210.5,
                                                "p999_us": 900, "max_us": 1200 } },
                  "gears": [ { "name": "terminals", "type": "io_iso8583", "state": "running", "messages": 5,
                               "connections": 3 },
                             { "name": "switch", "type": "conductor", "state": "running", "failing": true } ],
                  "destinations": [ { "gear": "switch", "destination": "out_a", "links": 2, "up": true, "in_flight": 4,
                                      "breaker": "closed", "requests": 9, "answers": 8, "timeouts": %d, "late": %d } ] }
                """.formatted(requests, requests, approved, noRoute, timeouts, late, open, timeouts, late));
    }

    /** The command hung until somebody ended it. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldNotWaitForEverForTheRestOfAnAnswer() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });
        server.start();
        try {
            RackClient client =
                    new RackClient(Integer.toString(server.getAddress().getPort()));

            assertThatThrownBy(client::status).isInstanceOf(HttpTimeoutException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldSayWhetherAllDestinationsAreReached() throws Exception {
        assertThat(reachesAll("\"up\": true}, {\"up\": true")).isTrue();
        assertThat(reachesAll("\"up\": true}, {\"up\": false")).isFalse();
    }

    private static boolean reachesAll(String destinations) throws Exception {
        byte[] status = ("{\"destinations\": [{" + destinations + "}]}").getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/status", exchange -> {
            exchange.sendResponseHeaders(200, status.length);
            exchange.getResponseBody().write(status);
            exchange.close();
        });
        server.start();
        try {
            return new RackClient(Integer.toString(server.getAddress().getPort())).reachesAll();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldReadStatus() throws Exception {
        RackFigures rack = status(100, 80, 10, 2, 1, 0);

        assertThat(rack.name()).isEqualTo("east payment-switch 1.2.0");
        assertThat(rack.uptimeNs()).isEqualTo(100_500_000_000L);
        assertThat(rack.latency().p50Ns()).isEqualTo(74_200);
        assertThat(rack.declined()).isEqualTo(8);
        assertThat(rack.ended()).isEqualTo(100);
        assertThat(rack.late()).isEqualTo(1);
        assertThat(rack.destinations().get(0).name()).isEqualTo("out_a");
        assertThat(rack.destinations().get(0).up()).isTrue();
        assertThat(rack.gears()).extracting(RackFigures.GearLine::state).containsExactly("running", "failing");
        assertThat(rack.gears()).extracting(RackFigures.GearLine::connections).containsExactly(3L, -1L);
    }

    @Test
    void shouldTakeWhyADestinationIsDownFromTheRack() throws Exception {
        assertThat(destination("\"up\": false, \"because\": \"breaker open\"").because())
                .isEqualTo("breaker open");
        assertThat(destination("\"up\": true, \"because\": \"\"").up()).isTrue();
        assertThat(destination("\"up\": false").because()).as("of before").isEqualTo("no link");
        assertThat(destination("\"up\": true").up()).as("of before").isTrue();
    }

    private static RackFigures.Destination destination(String says) throws Exception {
        return RackClient.read("{ \"destinations\": [ { \"destination\": \"out_a\", \"links\": 1, " + says + " } ] }")
                .destinations()
                .get(0);
    }

    @Test
    void shouldTellMessagesASecondOfEachGear() throws Exception {
        Pulse pulse = new Pulse();

        assertThat(pulse.pace(gears(1, 10)).messages()).isEmpty();
        assertThat(pulse.pace(gears(3, 30)).messages()).containsEntry("terminals", 10.0);
        assertThat(pulse.pace(gears(4, 2)).messages()).as("counts anew").containsEntry("terminals", 0.0);
    }

    private static RackFigures gears(int seconds, int messages) throws Exception {
        return RackClient.read("{ \"uptime_seconds\": " + seconds
                + ", \"gears\": [ { \"name\": \"terminals\", \"type\": \"io_iso8583\", \"messages\": " + messages
                + " } ] }");
    }

    @Test
    void shouldAgreeWithTheLoad() throws Exception {
        RackFigures before = status(8, 0, 0, 0, 0, 0);
        Accounting accounting = Accounting.of(before, status(108, 88, 10, 2, 1, 0), counts(100, 88));

        assertThat(accounting.faults()).isEmpty();
        assertThat(accounting.errors()).containsEntry("no_route", 10L).containsEntry("timeout", 2L);
        assertThat(accounting.text())
                .contains("counts the same: 100 requests, 88 approved", "1 late answer put aside")
                .contains("10 declined at once (no route)", "2 not answered by their deadline");
        assertThat(accounting.fields()).containsEntry("accounted", true).containsEntry("late", 1L);
    }

    @Test
    void shouldSayWhatDoesNotAddUp() throws Exception {
        RackFigures before = status(8, 0, 0, 0, 0, 0);
        Accounting accounting = Accounting.of(before, status(107, 88, 10, 2, 1, 3), counts(100, 87));

        assertThat(accounting.holds()).isFalse();
        assertThat(accounting.faults())
                .containsExactly(
                        "requests sent: 100, requests the rack took: 99",
                        "requests the rack took: 99, requests it ended: 100",
                        "approvals received: 87, approvals the rack counted: 88",
                        "open tickets: 3, expected: 0");
    }

    @Test
    void shouldNotCountAnswersThatNoRequestWaitedForAsRequests() throws Exception {
        RackFigures before = withUnmatched(0);
        Accounting accounting = Accounting.of(before, withUnmatched(2), counts(0, 0));

        assertThat(accounting.errors()).isEmpty();
        assertThat(accounting.section().rows())
                .contains(List.of("answers that no request waited for, put aside", "2"))
                .noneMatch(row -> row.get(0).startsWith("ended by the switch"));
        assertThat(accounting.text()).contains("2 other answers that no request waited for");
    }

    private static RackFigures withUnmatched(int count) throws Exception {
        return RackClient.read(
                "{ \"totals\": { \"requests\": 0, \"errors\": { \"unmatched_reply\": " + count + " } } }");
    }

    @Test
    void shouldReadWhatAnOperatorShouldDoSomethingAbout() throws Exception {
        RackFigures rack = RackClient.read("""
                { "mixer_connected": false, "mixer_nats_connected": true, "mixer_away_since": "2026-11-27T04:00:00Z",
                  "wires_stopped": [ { "wire": "a.out->b.in", "because": "disk full", "since": "2026-11-27T03:00:00Z",
                                       "senders": "refused", "type": "df -h /data" } ],
                  "wires_stranded": [ { "wire": "c.out->d.in", "messages": -1, "because": "no key", "type": "fluxrig scenario" } ] }
                """);

        assertThat(rack.troubles())
                .containsExactly(
                        new RackFigures.Trouble(
                                "a.out->b.in takes nothing",
                                "a.out->b.in takes nothing since 2026-11-27T03:00:00Z: disk full, senders are refused",
                                "df -h /data"),
                        new RackFigures.Trouble(
                                "c.out->d.in is no wire any more",
                                "an unknown number of messages for c.out->d.in, which is no wire any more (no key)",
                                "fluxrig scenario"),
                        new RackFigures.Trouble(
                                "mixer away", "no mixer answers since 2026-11-27T04:00:00Z: NATS is there", ""));
    }

    @Test
    void shouldNotSayOfAWireWithAJournalThatItTakesNothing() throws Exception {
        RackFigures rack = RackClient.read("""
                { "wires_stopped": [ { "wire": "a.out->b.in", "because": "failed", "since": "2026-11-27T03:00:00Z",
                                       "senders": "kept in its journal", "kept": true, "type": "grep" } ] }
                """);

        assertThat(rack.troubles())
                .containsExactly(new RackFigures.Trouble(
                        "a.out->b.in is held up",
                        "a.out->b.in is held up since 2026-11-27T03:00:00Z: failed, what is sent is kept in its journal",
                        "grep"));
    }

    @Test
    void shouldTakeAPortAlone() {
        for (String text : List.of("18090", ":18090", "127.0.0.1:18090", "http://127.0.0.1:18090/")) {
            assertThat(new RackClient(text).address()).isEqualTo("http://127.0.0.1:18090");
        }
    }

    private static Counts counts(long sent, long approved) {
        return new Counts(sent, approved, sent - approved, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void shouldTellRequestsASecond() throws Exception {
        Pulse pulse = new Pulse();
        RackFigures first = status(10, 0, 0, 0, 0, 0);

        assertThat(pulse.pace(first).tps()).isZero();
        assertThat(pulse.pace(status(12, 0, 0, 0, 0, 0)).tps()).isEqualTo(1);
        assertThat(pulse.pace(null).tps()).isEqualTo(1);
        assertThat(pulse.pace(first.silentFor(1)).tps()).isZero();
        assertThat(pulse.pace(first).tps()).as("began again").isZero();
    }

    @Test
    void shouldRefuseWhatIsNoAddress() {
        assertThatThrownBy(() -> new RackClient("ftp://x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RackClient("http://")).isInstanceOf(IllegalArgumentException.class);
    }
}
