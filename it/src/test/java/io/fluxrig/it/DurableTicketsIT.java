package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A switch that keeps its tickets on the disk ({@code valet.store: local_durable}), through SIGKILL of its rack: whatever terminals
 * send again, their issuer is asked once. {@code -Dfluxrig.ticket.kills=30} for more kills under load.
 */
final class DurableTicketsIT {
    private static final String PAN = "4111110000001112";
    private static final int KILLS = Integer.getInteger("fluxrig.ticket.kills", 3);
    private static final long SEED = Long.getLong("fluxrig.ticket.seed", System.nanoTime());
    private static final int TERMINALS = 6;
    /** Of so many requests the issuer leaves one without an answer for good. */
    private static final int SILENT_EACH = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final int terminalsPort = FreePort.onLoopback();
    /** How often the issuer was asked, by terminal and STAN. */
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    private volatile boolean silent;
    private JposHost host;
    private RackUnderTest rack;

    private void start(String timeout, String strips) throws IOException {
        if (host == null) {
            host = new JposHost(hostPort, new ASCIIChannel(new ISO87APackager()), (request, send) -> {
                int times = asked.computeIfAbsent(key(request), fresh -> new AtomicInteger())
                        .incrementAndGet();
                boolean leftOut = Integer.parseInt(request.getString(11)) % SILENT_EACH == 0;
                if (!silent && !leftOut && times == 1) {
                    JposHost.approve(request, send);
                }
            });
        }
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("TERMINALS_PORT", Integer.toString(terminalsPort));
        env.put("TIMEOUT", timeout);
        env.put("STORE", "local_durable");
        env.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        env.put("FLUXRIG_RACK_STRIPS", strips);
        rack = RackUnderTest.start(
                RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/tickets.yaml"), folder, env);
    }

    @AfterEach
    void stop() {
        if (rack != null) {
            rack.close();
        }
        if (host != null) {
            host.close();
        }
    }

    private static String key(ISOMsg message) {
        return message.getString(41) + " " + message.getString(11);
    }

    private ASCIIChannel channel() throws IOException {
        return new ASCIIChannel("127.0.0.1", terminalsPort, new ISO87APackager());
    }

    @Test
    void shouldKnowAfterAKillWhatWasOpenAndWhatWasAnswered() throws Exception {
        start("15s", "2");
        ISOMsg answered;
        ISOMsg open;
        try (JposTerminal terminal = new JposTerminal(channel(), "KILLED01")) {
            answered = terminal.purchase(PAN);
            assertThat(terminal.exchange(answered).getString(39)).isEqualTo("00");
            silent = true;
            open = terminal.purchase(PAN);
            terminal.send(open);
            Awaitility.await("the request is at the issuer").until(() -> host.requests() == 2);
        }
        // the answer and its outcome go to the disk within a millisecond or so
        Awaitility.await("three records of the first ticket, two of the second")
                .atMost(Duration.ofSeconds(10))
                .until(() -> rack.metric("fluxrig_durable_appended_total", "switch.tickets") >= 5);
        rack.kill();
        silent = false;

        start("15s", "1");
        assertThat(rack.metric("fluxrig_tickets_restored_total", "as=\"open\"")).isEqualTo(1);
        assertThat(rack.metric("fluxrig_tickets_restored_total", "as=\"kept\"")).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("stderr.txt")))
                .contains("restored of the run before: 1 open tickets, 1 kept outcomes");
        try (JposTerminal terminal = new JposTerminal(channel(), "KILLED01")) {
            assertThat(terminal.exchange(answered).getString(39))
                    .as("the kept outcome")
                    .isEqualTo("00");
            terminal.send(open);
            ISOMsg told = terminal.receive();
            assertThat(told.getString(11)).isEqualTo(open.getString(11));
            assertThat(told.getString(39)).as("nobody answered").isEqualTo("91");
        }
        assertThat(host.requests()).as("requests at the issuer").isEqualTo(2);
        assertThat(rack.terminate()).isZero();
        CardNumbers.assertNoneIn(folder, List.of(PAN));
    }

    @Test
    void shouldGiveALateAnswerToTheTicketOfTheRunBefore() throws Exception {
        start("20s", "2");
        silent = true;
        ISOMsg open;
        try (JposTerminal terminal = new JposTerminal(channel(), "KILLED02")) {
            open = terminal.purchase(PAN);
            terminal.send(open);
            Awaitility.await("the request is at the issuer").until(() -> host.requests() == 1);
        }
        Awaitility.await("the ticket says where it was sent")
                .until(() -> rack.metric("fluxrig_durable_appended_total", "switch.tickets") >= 2);
        rack.kill();
        start("20s", "2");
        // over the line of the run that lives now, which the issuer knows from another request
        host.answerNext(open);
        silent = false;
        try (JposTerminal terminal = new JposTerminal(channel(), "KILLED03")) {
            terminal.exchange(terminal.purchase(PAN));
        }
        Awaitility.await("the outcome is kept for a terminal that is gone")
                .atMost(Duration.ofSeconds(10))
                .until(() -> rack.metric("fluxrig_answer_without_terminal_total") == 1);
        try (JposTerminal terminal = new JposTerminal(channel(), "KILLED02")) {
            assertThat(terminal.exchange(open).getString(39)).isEqualTo("00");
        }
        assertThat(asked.get(key(open))).hasValue(1);
        assertThat(rack.terminate()).isZero();
    }

    @Test
    void shouldAskTheIssuerOnceHoweverOftenItIsKilledUnderLoad() throws Exception {
        Random random = new Random(SEED);
        AtomicBoolean ending = new AtomicBoolean();
        AtomicInteger approved = new AtomicInteger();
        start("1500ms", "2");
        ExecutorService pool = Executors.newFixedThreadPool(TERMINALS);
        try {
            List<Future<Integer>> work = new ArrayList<>();
            for (int i = 0; i < TERMINALS; i++) {
                String terminalId = "LOADED%02d".formatted(i);
                work.add(pool.submit(() -> purchases(terminalId, ending, approved)));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                int before = approved.get();
                Awaitility.await("work goes on")
                        .atMost(30, TimeUnit.SECONDS)
                        .until(() -> approved.get() > before + TERMINALS);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1000)); // so that each kill meets the rack at another moment
                assertThat(rack.metric("fluxrig_destination_trips_total"))
                        .as("breakers that opened: what is not sent tells nothing")
                        .isZero();
                rack.kill();
                start("1500ms", Integer.toString(1 + random.nextInt(3)));
            }
            ending.set(true);
            int sentAgain = 0;
            for (Future<Integer> each : work) {
                sentAgain += each.get(60, TimeUnit.SECONDS);
            }
            assertThat(sentAgain).as("requests whose connection was cut off").isPositive();
            System.out.printf(
                    "seed %d: SIGKILL %d times; %,d purchases at the issuer, %,d approved; %,d sent again by their terminals%n",
                    SEED, KILLS, asked.size(), approved.get(), sentAgain);
        } finally {
            ending.set(true);
            pool.shutdownNow();
        }
        assertThat(asked.entrySet())
                .as("asked more than once; seed %d", SEED)
                .allSatisfy(
                        each -> assertThat(each.getValue()).as(each.getKey()).hasValue(1));
        assertThat(asked).hasSizeGreaterThanOrEqualTo(approved.get());
        assertThat(approved).hasValueGreaterThan(KILLS * TERMINALS);
        assertThat(rack.terminate()).isZero();
        CardNumbers.assertNoneIn(folder, List.of(PAN));
    }

    /** One purchase after the other, each sent until it has an answer; how often one was sent again. */
    private int purchases(String terminalId, AtomicBoolean ending, AtomicInteger approved) throws Exception {
        int sentAgain = 0;
        JposTerminal numbers = null;
        ISOMsg request = null;
        while (!ending.get() || request != null) {
            try (JposTerminal terminal = new JposTerminal(channel(), terminalId)) {
                numbers = numbers == null ? terminal : numbers;
                while (!ending.get() || request != null) {
                    request = request == null ? numbers.purchase(PAN) : request;
                    ISOMsg answer = terminal.exchange(request);
                    assertThat(answer.getString(11)).isEqualTo(request.getString(11));
                    assertThat(answer.getString(39)).as(key(request)).isIn("00", "91");
                    request = null;
                    approved.addAndGet(
                            "00".equals(answer.getString(39)) ? 1 : 0); // others are declined before the host is there
                }
            } catch (IOException | ISOException cutOff) {
                sentAgain += request == null ? 0 : 1;
                TimeUnit.MILLISECONDS.sleep(100); // a terminal's pace, while the rack starts
            }
        }
        return sentAgain;
    }
}
