package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jpos.iso.BaseChannel;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOUtil;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.channel.PostChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.jpos.iso.packager.ISO87BPackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One rack as a process between jPOS terminals (ASCIIChannel, NACChannel with TPDU, PostChannel) and jPOS hosts (ASCIIChannel;
 * NACChannel with TPDU and BCD), with the faults that hosts and terminals have. After each test everything the rack wrote is
 * searched for the card numbers that were used.
 */
final class JposSwitchIT {
    private static final String PAN_A = "4111110000001112";
    private static final String PAN_B = "5111110000002229";
    private static final String PAN_NOBODY = "6011110000003337";
    private static final byte[] TPDU = ISOUtil.hex2byte("6000010002");

    @TempDir
    Path folder;

    private final Map<String, String> env = new LinkedHashMap<>();
    private final int asciiPort = FreePort.onLoopback();
    private final int nacPort = FreePort.onLoopback();
    private final int postPort = FreePort.onLoopback();
    private final int hostAPort = FreePort.onLoopback();
    private final int hostBPort = FreePort.onLoopback();
    private final List<String> pans = new ArrayList<>(List.of(PAN_A, PAN_B, PAN_NOBODY));
    private volatile JposHost.Policy policyA = JposHost::approve;
    private volatile JposHost.Policy policyB = JposHost::approve;
    private JposHost hostA;
    private JposHost hostB;
    private RackUnderTest rack;

    @BeforeEach
    void startAll() throws IOException {
        env.put("ASCII_PORT", Integer.toString(asciiPort));
        env.put("NAC_PORT", Integer.toString(nacPort));
        env.put("POST_PORT", Integer.toString(postPort));
        env.put("HOST_A_PORT", Integer.toString(hostAPort));
        env.put("HOST_B_PORT", Integer.toString(hostBPort));
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("FLUXRIG_TRACE", "1");
        hostA = startHostA();
        hostB = new JposHost(
                hostBPort,
                new NACChannel(new ISO87BPackager(), TPDU),
                (request, send) -> policyB.answer(request, send));
        rack = RackUnderTest.start(scenario(), folder, env);
        awaitLinks();
    }

    @AfterEach
    void stopAllAndSearchForCardNumbers() throws Exception {
        String metrics = rack.isAlive() ? rack.get("/metrics") + rack.get("/status") : "";
        rack.close();
        hostA.close();
        hostB.close();
        CardNumbers.assertNoneIn(folder, pans);
        assertThat(rack.traced("in 0100 id=")).as("messages traced").isTrue();
        CardNumbers.assertNoneIn(metrics, pans);
    }

    @Test
    void shouldReturnEachAnswerToItsOwnConnectionOverEveryChannel() throws Exception {
        int terminalsEach = 8;
        int purchasesEach = 120;
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < terminalsEach; i++) {
            work.add(purchases(asciiChannel(), "ASCII%03d".formatted(i), purchasesEach));
            work.add(purchases(nacChannel(), "NAC00%03d".formatted(i), purchasesEach));
            work.add(purchases(postChannel(), "POST0%03d".formatted(i), purchasesEach));
        }
        ExecutorService pool = Executors.newFixedThreadPool(work.size());
        try {
            int approved = 0;
            for (Future<Integer> done : pool.invokeAll(work, 120, TimeUnit.SECONDS)) {
                approved += done.get();
            }
            assertThat(approved).isEqualTo(3 * terminalsEach * purchasesEach);
        } finally {
            pool.shutdownNow();
        }
        assertThat(hostA.requests() + hostB.requests()).isEqualTo(3 * terminalsEach * purchasesEach);
    }

    @Test
    void shouldDeclineAtOnceWhatNobodyServes() throws Exception {
        try (JposTerminal terminal = new JposTerminal(postChannel(), "TERM0001")) {
            ISOMsg answer = terminal.exchange(terminal.purchase(PAN_NOBODY));
            assertThat(answer.getMTI()).isEqualTo("0110");
            assertThat(answer.getString(11)).isEqualTo("000001");
            assertThat(answer.getString(39)).isEqualTo("91");
        }
        assertThat(hostA.requests() + hostB.requests()).isZero();
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // the terminal and the counter tell what came of it
    void shouldDeclineAtTheDeadlineAndCountTheLateAnswer() throws Exception {
        List<ISOMsg> kept = new ArrayList<>();
        policyA = (request, send) -> {
            synchronized (kept) {
                kept.add(JposHost.approval(request));
            }
            Executors.newSingleThreadScheduledExecutor(daemon -> {
                        Thread thread = new Thread(daemon, "late-host");
                        thread.setDaemon(true);
                        return thread;
                    })
                    .schedule(() -> send.apply(kept.get(0)), 2500, TimeUnit.MILLISECONDS);
        };
        try (JposTerminal terminal = new JposTerminal(nacChannel(), "TERM0001")) {
            ISOMsg answer = terminal.exchange(terminal.purchase(PAN_A));
            assertThat(answer.getString(39)).isEqualTo("91");
            Awaitility.await("the late answer is counted")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> rack.metric("fluxrig_unmatched_replies_total", "late") == 1);
            policyA = JposHost::approve;
            ISOMsg next = terminal.exchange(terminal.purchase(PAN_A));
            assertThat(next.getString(11)).isEqualTo("000002");
            assertThat(next.getString(39)).isEqualTo("00");
        }
    }

    @Test
    void shouldForwardOnlyTheFirstOfTwoAnswers() throws Exception {
        policyA = (request, send) -> {
            send.apply(JposHost.approval(request));
            ISOMsg second = JposHost.approval(request);
            second.set(39, "05");
            send.apply(second);
        };
        try (JposTerminal terminal = new JposTerminal(asciiChannel(), "TERM0001")) {
            for (int i = 1; i <= 50; i++) {
                ISOMsg answer = terminal.exchange(terminal.purchase(PAN_A));
                assertThat(answer.getString(11)).isEqualTo("%06d".formatted(i));
                assertThat(answer.getString(39)).isEqualTo("00");
            }
        }
    }

    @Test
    void shouldTakeAnswersOverTheOtherLineOfTheHostThatWasAsked() throws Exception {
        hostA.crossLines();
        try (JposTerminal terminal = new JposTerminal(asciiChannel(), "TERM0001")) {
            for (int i = 1; i <= 40; i++) {
                ISOMsg answer = terminal.exchange(terminal.purchase(PAN_A));
                assertThat(answer.getString(11)).isEqualTo("%06d".formatted(i));
                assertThat(answer.getString(39)).isEqualTo("00");
            }
        }
        assertThat(hostA.crossed()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void shouldKeepAnAnswerForSomebodyElseFromTheTerminal() throws Exception {
        policyA = (request, send) -> {
            ISOMsg foreign = JposHost.approval(request);
            foreign.set(11, "999999");
            send.apply(foreign);
        };
        try (JposTerminal terminal = new JposTerminal(postChannel(), "TERM0001")) {
            ISOMsg answer = terminal.exchange(terminal.purchase(PAN_A));
            assertThat(answer.getString(11)).isEqualTo("000001");
            assertThat(answer.getString(39)).isEqualTo("91");
        }
        assertThat(rack.metric("fluxrig_unmatched_replies_total", "unknown")).isEqualTo(1);
    }

    @Test
    void shouldDeclineWhileTheHostIsGoneAndRecoverWhenItIsBack() throws Exception {
        try (JposTerminal terminal = new JposTerminal(postChannel(), "TERM0001")) {
            assertThat(terminal.exchange(terminal.purchase(PAN_A)).getString(39))
                    .isEqualTo("00");
            hostA.close();
            Awaitility.await("the link is seen down")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> "91"
                            .equals(terminal.exchange(terminal.purchase(PAN_A)).getString(39)));
            assertThat(terminal.exchange(terminal.purchase(PAN_B)).getString(39))
                    .isEqualTo("00");
            hostA = startHostA();
            Awaitility.await("the link is back")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> "00"
                            .equals(terminal.exchange(terminal.purchase(PAN_A)).getString(39)));
        }
    }

    @Test
    void shouldNotDisturbOthersWhenOneConnectionTalksRubbish() throws Exception {
        Random random = new Random(8583);
        try (JposTerminal terminal = new JposTerminal(postChannel(), "TERM0001")) {
            for (int i = 1; i <= 100; i++) {
                for (int port : new int[] {asciiPort, nacPort, postPort}) {
                    rubbish(port, random);
                }
                ISOMsg answer = terminal.exchange(terminal.purchase(i % 2 == 0 ? PAN_A : PAN_B));
                assertThat(answer.getString(11)).isEqualTo("%06d".formatted(i));
                assertThat(answer.getString(39)).isEqualTo("00");
            }
        }
        assertThat(rack.isAlive()).isTrue();
    }

    @Test
    void shouldAnswerWhatIsInFlightBeforeItStops() throws Exception {
        CompletableFuture<Void> draining = new CompletableFuture<>();
        policyA = (request, send) -> {
            ISOMsg answer = JposHost.approval(request);
            draining.join();
            send.apply(answer);
        };
        try (JposTerminal terminal = new JposTerminal(postChannel(), "TERM0001")) {
            terminal.send(terminal.purchase(PAN_A));
            Awaitility.await("the request is in flight")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> hostA.requests() == 1);
            rack.signalTerm();
            Awaitility.await("the rack drains")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> rack.get("/health").contains("draining"));
            draining.complete(null);
            ISOMsg answer = terminal.receive();
            assertThat(answer.getString(11)).isEqualTo("000001");
            assertThat(answer.getString(39)).isEqualTo("00");
        }
        assertThat(rack.awaitExit()).isZero();
    }

    @Test
    void shouldSwitchAgainAfterAKill() throws Exception {
        try (JposTerminal terminal = new JposTerminal(postChannel(), "TERM0001")) {
            terminal.exchange(terminal.purchase(PAN_A));
        }
        rack.kill();
        rack = RackUnderTest.start(scenario(), folder, env);
        awaitLinks();
        try (JposTerminal terminal = new JposTerminal(postChannel(), "TERM0001")) {
            assertThat(terminal.exchange(terminal.purchase(PAN_A)).getString(39))
                    .isEqualTo("00");
        }
    }

    private Callable<Integer> purchases(BaseChannel channel, String terminalId, int count) {
        return () -> {
            int approved = 0;
            try (JposTerminal terminal = new JposTerminal(channel, terminalId)) {
                for (int i = 1; i <= count; i++) {
                    ISOMsg request = terminal.purchase(i % 2 == 0 ? PAN_A : PAN_B);
                    ISOMsg answer = terminal.exchange(request);
                    assertThat(answer.getMTI()).isEqualTo("0110");
                    assertThat(answer.getString(11)).isEqualTo(request.getString(11));
                    assertThat(answer.getString(41)).isEqualTo(terminalId);
                    assertThat(answer.getString(4)).isEqualTo(request.getString(4));
                    approved += "00".equals(answer.getString(39)) ? 1 : 0;
                }
            }
            return approved;
        };
    }

    private JposHost startHostA() throws IOException {
        return new JposHost(
                hostAPort, new ASCIIChannel(new ISO87APackager()), (request, send) -> policyA.answer(request, send));
    }

    private void awaitLinks() {
        Awaitility.await("links to both hosts are up")
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    try (JposTerminal terminal = new JposTerminal(postChannel(), "PROBE001")) {
                        return hostsAnswer(terminal);
                    }
                });
        hostA.forgetRequests();
        hostB.forgetRequests();
    }

    private static boolean hostsAnswer(JposTerminal terminal) throws IOException, ISOException {
        return "00".equals(terminal.exchange(terminal.purchase(PAN_A)).getString(39))
                && "00".equals(terminal.exchange(terminal.purchase(PAN_B)).getString(39));
    }

    private static Path scenario() {
        return RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/jpos-switch.yaml");
    }

    private BaseChannel asciiChannel() {
        return new ASCIIChannel("127.0.0.1", asciiPort, new ISO87APackager());
    }

    private BaseChannel nacChannel() {
        return new NACChannel("127.0.0.1", nacPort, new ISO87APackager(), TPDU);
    }

    private BaseChannel postChannel() {
        return new PostChannel("127.0.0.1", postPort, new ISO87APackager());
    }

    private static void rubbish(int port, Random random) throws IOException {
        byte[] bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }
    }
}
