package io.fluxrig.engine.gears;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import io.fluxrig.iso.codec.IsoMessage;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo's three racks over loopback: terminals, switch, issuers and back. */
@Timeout(120)
class PaymentSwitchTest {
    private static final int TERMINALS = 8;
    private static final int ROUNDS = 500;

    private static int port;
    private static RackRig issuerA;
    private static RackRig issuerB;
    private static RackRig theSwitch;

    @BeforeAll
    static void start() {
        port = FreePort.onLoopback();
        Map<String, String> environment = Map.of(
                "TERMINALS_BIND", "127.0.0.1:" + port,
                "SCHEME_A_ADDRESS", "127.0.0.1:" + FreePort.onLoopback(),
                "SCHEME_B_ADDRESS", "127.0.0.1:" + FreePort.onLoopback(),
                "SILENT_ADDRESS", "127.0.0.1:" + FreePort.onLoopback());
        issuerA = RackRig.start(TestPlans.SCENARIOS.resolve("issuer-scheme-a.yaml"), environment, 2);
        issuerB = RackRig.start(TestPlans.SCENARIOS.resolve("issuer-scheme-b.yaml"), environment, 1);
        theSwitch = RackRig.start(TestPlans.SCENARIOS.resolve("payment-switch.yaml"), environment, 2);
        for (String link : List.of("scheme_a1", "scheme_a2", "scheme_b", "silent_host")) {
            theSwitch.awaitConnections(link, 1);
        }
    }

    @AfterAll
    static void stop() {
        List.of(theSwitch, issuerA, issuerB).forEach(RackRig::close);
    }

    @Test
    void shouldAnswerEachRequestOnceOnItsOwnConnection() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        Map<String, Integer> codes = new TreeMap<>();
        for (int t = 0; t < TERMINALS; t++) {
            int number = t;
            Thread thread = new Thread(() -> {
                try {
                    Map<String, Integer> own = shop(number);
                    synchronized (codes) {
                        own.forEach((code, count) -> codes.merge(code, count, Integer::sum));
                    }
                } catch (Throwable failure) {
                    synchronized (failures) {
                        failures.add(failure);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(codes.get("00")).isGreaterThan(TERMINALS * ROUNDS);
        assertThat(codes.get("92")).isEqualTo(TERMINALS * ROUNDS / 10);
        assertThat(codes.get("91")).isNull();
        assertThat(theSwitch.sum("destination_requests_total", "destination", "out_scheme_a1"))
                .isPositive();
        assertThat(theSwitch.sum("destination_requests_total", "destination", "out_scheme_a2"))
                .isPositive();
        assertThat(theSwitch.sum("destination_answers_total", "destination", "out_scheme_b"))
                .isEqualTo(TERMINALS * ROUNDS);
    }

    @Test
    void shouldDeclineAtTheDeadlineWhatTheHostKeepsSilentOnAndAccountForLateAnswers() throws Exception {
        try (TestTerminal terminal = new TestTerminal(port)) {
            for (int i = 1; i <= 12; i++) {
                terminal.send(purchase("6212340000000000", i, "SILENT01"));
            }
            terminal.flush();
            Set<String> stans = new HashSet<>();
            for (int i = 1; i <= 12; i++) {
                IsoMessage answer = terminal.receive();
                assertThat(answer.text(39)).isEqualTo("91");
                assertThat(stans.add(answer.text(11))).isTrue();
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> theSwitch.sum("destination_late_total", "destination", "out_silent") > 0);
            assertThat(terminal.quiet()).isTrue();
        }
    }

    @Test
    void shouldAnswerSignOnAndEchoOfBothSides() throws Exception {
        try (TestTerminal terminal = new TestTerminal(port)) {
            terminal.send(Map.of(0, "0800", 7, "1123104500", 11, "000001", 70, "001"));
            terminal.send(Map.of(0, "0800", 7, "1123104500", 11, "000002", 70, "301"));
            terminal.flush();
            for (String stan : List.of("000001", "000002")) {
                IsoMessage answer = terminal.receive();
                assertThat(answer.mti()).isEqualTo(810);
                assertThat(answer.text(39)).isEqualTo("00");
                assertThat(answer.text(11)).isEqualTo(stan);
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> issuerA.sum("source_answers_total", "result", "approved") > 0);
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    @Test
    void shouldAnswerNetworkAdvicesAsTheyAre() throws Exception {
        try (TestTerminal terminal = new TestTerminal(port)) {
            terminal.send(Map.of(0, "0820", 7, "1123104500", 11, "000003", 70, "161"));
            terminal.flush();

            IsoMessage answer = terminal.receive();

            assertThat(answer.mti()).isEqualTo(830);
            assertThat(answer.text(39)).isEqualTo("00");
        }
    }

    @Test
    void shouldAnswerFormatErrorWhereTheTraceNumberCouldBeRead() throws Exception {
        try (TestTerminal terminal = new TestTerminal(port)) {
            terminal.sendText("01003020000000000000" + "000000" + "12AB");
            terminal.sendText("01003020000000800000" + "000000" + "000000001000" + "000077" + "CUT");
            terminal.flush();

            IsoMessage answer = terminal.receive();

            assertThat(answer.mti()).isEqualTo(110);
            assertThat(answer.text(11)).isEqualTo("000077");
            assertThat(answer.text(39)).isEqualTo("30");
        }
    }

    @Test
    void shouldSendAnAdviceOnThatHasTheTraceNumberOfItsRequest() throws Exception {
        Map<Integer, String> request = new HashMap<>(purchase("4111110000000000", 9001, "TERM9001"));
        try (TestTerminal terminal = new TestTerminal(port)) {
            for (String mti : List.of("0400", "0420")) {
                request.put(0, mti);
                terminal.send(request);
                terminal.flush();
                assertThat(terminal.receive().mti()).isEqualTo(Integer.parseInt(mti) + 10);
            }
        }
    }

    /** Sends rounds of purchases over one connection, many in flight, and checks every answer; codes and how often. */
    private static Map<String, Integer> shop(int number) throws IOException {
        String name = String.format("TERM%04d", number);
        Map<String, Integer> codes = new HashMap<>();
        try (TestTerminal terminal = new TestTerminal(port)) {
            int stan = 0;
            for (int round = 0; round < ROUNDS / 10; round++) {
                Map<String, String> open = new HashMap<>();
                for (int i = 0; i < 21; i++) {
                    String pan = i == 20 ? "9100000000000000" : i % 2 == 0 ? "4111110000000000" : "5412340000000000";
                    Map<Integer, String> request = purchase(pan, ++stan, name);
                    terminal.send(request);
                    open.put(request.get(11), request.get(37));
                }
                terminal.flush();
                while (!open.isEmpty()) {
                    IsoMessage answer = terminal.receive();
                    assertThat(answer.mti()).isEqualTo(110);
                    assertThat(answer.text(41)).isEqualTo(name);
                    assertThat(answer.text(37)).isEqualTo(open.remove(answer.text(11)));
                    codes.merge(answer.text(39), 1, Integer::sum);
                }
            }
            assertThat(terminal.quiet()).isTrue();
        }
        return codes;
    }

    private static Map<Integer, String> purchase(String pan, int stan, String terminal) {
        return Map.of(
                0, "0100",
                2, pan,
                3, "000000",
                4, "000000001000",
                7, "1123104500",
                11, String.format("%06d", stan),
                37, String.format("%s%08d", terminal.substring(4), stan),
                41, terminal,
                49, "978");
    }
}
