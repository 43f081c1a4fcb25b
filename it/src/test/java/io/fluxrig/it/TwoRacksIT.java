package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.PurgeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped scenario of two racks, as {@code docs/operating.md} has it run: jPOS terminals and the switch on the one, a jPOS host on
 * the other.
 */
final class TwoRacksIT {
    private static final String PAN = "4111110000001112";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final int terminalsPort = FreePort.onLoopback();
    private final AtomicBoolean silent = new AtomicBoolean();
    /** Answers the last request that a silent host was sent. */
    private final AtomicReference<Callable<Void>> owed = new AtomicReference<>();

    private final List<AutoCloseable> running = new ArrayList<>();
    private NatsServer nats;
    private JposHost host;
    private RackUnderTest west;
    private RackUnderTest east;

    @BeforeEach
    void startAll() throws IOException {
        nats = NatsServer.start(folder.resolve("jetstream"));
        running.add(nats);
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
        host = new JposHost(hostPort, new NACChannel(new ISO87APackager(), null), (request, send) -> {
            if (silent.get()) {
                owed.set(() -> send.apply(JposHost.approval(request)));
            } else {
                JposHost.approve(request, send);
            }
        });
        running.add(host);
        west = start("west", "64", nats.url());
        running.add(west);
        east = start("east", "0", nats.url());
        running.add(east);
    }

    @AfterEach
    void stopAll() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private Path keyFile() {
        return folder.resolve("snake.key");
    }

    private RackUnderTest start(String rack, String machineId, String natsUrl) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("TERMINALS_BIND", "127.0.0.1:" + terminalsPort);
        env.put("HOST_ADDRESS", "127.0.0.1:" + hostPort);
        env.put("FLUXRIG_RACK_NAME", rack);
        env.put("FLUXRIG_RACK_MACHINE_ID", machineId);
        env.put("FLUXRIG_SNAKE_URL", natsUrl);
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        return RackUnderTest.start(
                RackUnderTest.repositoryRoot().resolve("config/scenarios/two-racks.yaml"), folder.resolve(rack), env);
    }

    private JposTerminal terminal(String id) throws Exception {
        NACChannel channel = new NACChannel("127.0.0.1", terminalsPort, new ISO87APackager(), null);
        channel.setTimeout(30_000);
        return new JposTerminal(channel, id);
    }

    @Test
    void shouldBringTheHostsAnswerBackToItsTerminalOnTheOtherRack() throws Exception {
        List<JposTerminal> terminals = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            terminals.add(terminal("EASTERN" + i));
        }
        for (int round = 0; round < 5; round++) {
            for (JposTerminal terminal : terminals) {
                ISOMsg request = terminal.purchase(PAN);
                ISOMsg answer = terminal.exchange(request);

                assertThat(answer.getString(39)).isEqualTo("00");
                assertThat(answer.getString(11)).isEqualTo(request.getString(11));
                assertThat(answer.getString(41)).isEqualTo(request.getString(41));
            }
        }
        for (JposTerminal terminal : terminals) {
            terminal.close();
        }
    }

    @Test
    void shouldDeclineWhatTheHostLeavesUnanswered() throws Exception {
        silent.set(true);
        try (JposTerminal terminal = terminal("EASTERN0")) {
            assertThat(terminal.exchange(terminal.purchase(PAN)).getString(39)).isEqualTo("91");
        }
    }

    /** Also those that the wire has taken, and what is bought while nobody has noticed yet. */
    @Test
    void shouldAnswerEveryTerminalWhateverBecomesOfNats() throws Exception {
        List<Thread> buying = new ArrayList<>();
        Queue<String> codes = new ConcurrentLinkedQueue<>();
        AtomicInteger unanswered = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        for (int i = 0; i < 8; i++) {
            JposTerminal terminal = terminal("EASTERN" + i);
            running.add(terminal);
            Thread buyer = new Thread(() -> buy(terminal, codes, unanswered, enough));
            buyer.start();
            buying.add(buyer);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> codes.size() >= 50);
        assertThat(codes).containsOnly("00");

        nats.killAndRestart(() -> {
            int before = codes.size();
            Awaitility.await("all are answered without NATS").atMost(PATIENCE).until(() -> codes.size() >= before + 50);
            assertThat(east.get("/health"))
                    .contains("\"status\":\"degraded\"", "no connection to NATS", "\"end\":\"west.encode_host.in\"");
        });
        Awaitility.await("approved again")
                .atMost(PATIENCE)
                .until(() -> lastOf(codes).equals("00"));
        enough.set(true);
        for (Thread buyer : buying) {
            buyer.join(PATIENCE.toMillis());
        }

        assertThat(unanswered).as("without an answer").hasValue(0);
        assertThat(Set.copyOf(codes)).containsExactlyInAnyOrder("00", "91");
    }

    private static String lastOf(Queue<String> codes) {
        List<String> all = List.copyOf(codes);
        return all.get(all.size() - 1);
    }

    private static void buy(
            JposTerminal terminal, Queue<String> codes, AtomicInteger unanswered, AtomicBoolean enough) {
        while (!enough.get()) {
            try {
                ISOMsg answer = terminal.exchange(terminal.purchase(PAN));
                codes.add(answer.getString(39));
                TimeUnit.MILLISECONDS.sleep(
                        20); // a terminal's pace: what is declined at once would be asked in a tight loop
            } catch (ISOException | IOException none) {
                unanswered.incrementAndGet();
                return;
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return; // by the test, and no purchase is without an answer for it
            }
        }
    }

    /** The host may have approved it, so whoever reverses must hear of it. */
    @Test
    void shouldTellOfAnApprovalThatComesAfterTheDeadline() throws Exception {
        silent.set(true);
        try (JposTerminal terminal = terminal("EASTERN0")) {
            ISOMsg late = terminal.purchase(PAN);
            assertThat(terminal.exchange(late).getString(39)).isEqualTo("91");
            host.answerNext(late);
            silent.set(false);
            assertThat(terminal.exchange(terminal.purchase(PAN)).getString(39)).isEqualTo("00");
        }
        Awaitility.await().atMost(PATIENCE).until(() -> east.metric("fluxrig_unmatched_replies_total", "late") == 1);
        assertThat(Files.readString(east.folder().resolve("stderr.txt")))
                .contains("code 00) from host belongs to no request: it came after the request's deadline");
    }

    @Test
    void shouldServeAnswersThoughNoTerminalIsConnected() {
        assertThat(east.metric("fluxrig_connections", "terminals")).isZero();
        Awaitility.await().atMost(PATIENCE).until(() -> west.metric("fluxrig_peer_serving", "switch.in_reply") == 1);
        assertThat(west.get("/health")).contains("\"status\":\"up\"");
    }

    /** As after its wire was renamed, whose sender had been told yes. */
    @Test
    void shouldTellOfWhatWaitsInNatsForAWireThatIsGone() throws Exception {
        Connection somebody = Nats.connect(nats.url());
        try {
            Awaitility.await("the racks make the stream")
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> somebody.jetStream()
                                    .publish("flux.msg.west.gone.in", new byte[10])
                                    .getSeqno()
                            > 0);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> west.get("/health")
                                    .contains(
                                            "1 message waits for flux.msg.west.gone.in, which is no wire of the scenario any more"));
            assertThat(west.metric("fluxrig_guaranteed_left_messages")).isEqualTo(1);
            assertThat(east.get("/health")).contains("\"status\":\"up\"");

            somebody.jetStreamManagement().purgeStream("flux-msg", PurgeOptions.subject("flux.msg.west.gone.in"));
        } finally {
            somebody.close();
        }
        Awaitility.await().atMost(PATIENCE).until(() -> west.get("/health").contains("\"status\":\"up\""));
    }

    @Test
    void shouldNotWaitForATerminalThatIsGone() throws Exception {
        silent.set(true);
        try (JposTerminal gone = terminal("EASTERN0")) {
            gone.send(gone.purchase(PAN));
            Awaitility.await().atMost(PATIENCE).until(() -> host.requests() >= 1);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> east.metric("fluxrig_errors_total", "timeout") == 1);

        silent.set(false);
        try (JposTerminal next = terminal("EASTERN1")) {
            assertThat(next.exchange(next.purchase(PAN)).getString(39)).isEqualTo("00");
        }
    }

    /** It had no ticket of its own, found nothing in flight and ended: the host approved what the terminal was declined. */
    @Test
    void shouldWaitAsTheRackOfAHostStopsForWhatThatHasNotAnswered() throws Exception {
        silent.set(true);
        try (JposTerminal terminal = terminal("EASTERN0")) {
            terminal.send(terminal.purchase(PAN));
            Awaitility.await().atMost(PATIENCE).until(() -> owed.get() != null);
            west.signalTerm();
            Awaitility.await("it drains")
                    .atMost(PATIENCE)
                    .until(() -> Files.readString(west.folder().resolve("stderr.txt"))
                            .contains("asked to stop: draining"));
            TimeUnit.MILLISECONDS.sleep(500); // nothing tells from outside that it goes on to wait

            owed.get().call();

            assertThat(terminal.receive().getString(39)).isEqualTo("00");
            assertThat(west.awaitExit()).isZero();
        }
    }
}
