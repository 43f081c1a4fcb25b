package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rack whose scenario changes under the traffic of jPOS terminals: none of them loses its connection, each request has its one
 * answer, and what is wrong changes nothing.
 */
final class ReloadIT {
    private static final String OURS = "4111110000001112";
    private static final String NEW = "5555550000001115";
    private static final int TERMINALS = 8;
    private static final int STEP = 300;

    @TempDir
    Path folder;

    private final int terminalsPort = FreePort.onLoopback();
    private final int firstPort = FreePort.onLoopback();
    private final int secondPort = FreePort.onLoopback();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicBoolean ending = new AtomicBoolean();
    /** The second host answers once it is complete. */
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    private JposHost first;
    private JposHost second;
    private RackUnderTest rack;
    private Path scenario;

    @BeforeEach
    void start() throws IOException {
        first = new JposHost(firstPort, channel(), JposHost::approve);
        second = new JposHost(secondPort, channel(), (request, send) -> {
            gate.join();
            JposHost.approve(request, send);
        });
        scenario = Files.writeString(
                folder.resolve("reload.yaml"),
                Files.readString(
                        RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/reload.yaml")));
        Files.writeString(folder.resolve("bins.csv"), "from,to,owner\n411111,411111,host\n");
        rack = RackUnderTest.start(
                scenario,
                folder.resolve("rack"),
                Map.of(
                        "SPECS",
                        RackUnderTest.repositoryRoot().resolve("config/specs").toString(),
                        "TERMINALS_PORT",
                        Integer.toString(terminalsPort),
                        "HOST_PORT",
                        Integer.toString(firstPort),
                        "FLUXRIG_RACK_RELOAD_LINKS",
                        "2s",
                        "FLUXRIG_RACK_RELOAD_TRIAL",
                        "200ms"));
    }

    @AfterEach
    void stop() {
        ending.set(true);
        rack.close();
        first.close();
        second.close();
    }

    private static ASCIIChannel channel() throws IOException {
        return new ASCIIChannel(new ISO87APackager());
    }

    @Test
    void shouldDropNoConnectionAndLoseNoRequestWhateverChanges() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(TERMINALS);
        try {
            List<Future<Integer>> work = new ArrayList<>();
            for (int i = 0; i < TERMINALS; i++) {
                String terminalId = "RELOAD%02d".formatted(i);
                work.add(pool.submit(() -> purchases(terminalId)));
            }
            awaitMore();
            assertThat(approved(NEW)).as("a card that nobody owns yet").isFalse();

            Files.writeString(folder.resolve("bins.csv"), "from,to,owner\n411111,411111,host\n555555,555555,host\n");
            assertThat(reload(0)).contains("changed: switch");
            assertThat(approved(NEW)).as("a card that the table owns now").isTrue();
            awaitMore();

            change("mode: server,", "mode: server, max_connections: 100,");
            assertThat(reload(0)).contains("changed: terminals");
            awaitMore();

            int before = second.requests();
            change("127.0.0.1:${HOST_PORT}", "127.0.0.1:" + secondPort);
            assertThat(reload(0)).contains("changed: host");
            awaitMore();
            assertThat(second.requests()).as("requests at the new host").isGreaterThan(before + STEP / 2);

            ending.set(true);
            for (Future<Integer> each : work) {
                assertThat(each.get(30, TimeUnit.SECONDS))
                        .as("requests of a terminal that were not approved")
                        .isZero();
            }
        } finally {
            ending.set(true);
            pool.shutdownNow();
        }
        Awaitility.await("what was replaced is spent")
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> rack.metric("fluxrig_in_flight") == 0);
        assertThat(rack.metric("fluxrig_errors_total", "reason=\"timeout\"")).isZero();
        assertThat(rack.metric("fluxrig_unmatched_replies_total")).isZero();
        assertThat(rack.metric("fluxrig_gear_failures_total")).isZero();
        assertThat(rack.terminate()).isZero();
    }

    @Test
    void shouldAnswerWhatWasOpenWhenItsSwitchWasReplaced() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        gate = go;
        change("127.0.0.1:${HOST_PORT}", "127.0.0.1:" + secondPort);
        reload(0);
        try (JposTerminal terminal = new JposTerminal(terminal(), "RELOAD00")) {
            ISOMsg request = terminal.purchase(OURS);
            terminal.send(request);
            Awaitility.await("the request is at the host").until(() -> second.requests() == 1);

            change("timeout: 10s", "timeout: 9s");
            assertThat(reload(0)).contains("changed: switch");
            terminal.send(request);
            go.complete(null);

            ISOMsg answer = terminal.receive();
            assertThat(answer.getString(39)).isEqualTo("00");
            assertThat(answer.getString(11)).isEqualTo(request.getString(11));
        }
        assertThat(second.requests())
                .as("requests at the host, for one that was sent twice")
                .isEqualTo(1);
    }

    @Test
    void shouldRunOnIfAFileIsWrongOrAHostIsNotThere() throws Exception {
        change("timeout: 10s", "timout: 10s");
        assertThat(reload(78)).contains("reload.yaml:15", "did you mean 'timeout'", "what ran before runs on");
        change("timout: 10s", "timeout: 10s");
        assertThat(approved(OURS)).isTrue();

        change("127.0.0.1:${HOST_PORT}", "127.0.0.1:" + FreePort.onLoopback());
        assertThat(reload(1)).contains("host has no link to", "what ran before runs on");
        assertThat(approved(OURS)).isTrue();

        change("from: encode.out,          to: terminals.in", "from: encode.out, to: terminals.in, lane: durable");
        assertThat(reload(1)).contains("durable", "restart");
        assertThat(approved(OURS)).isTrue();

        change(", lane: durable", "");
        change("retain_after_close: 1s", "retain_after_close: 1s, store: local_durable");
        assertThat(reload(1)).contains("ledger of switch", "restart");
        assertThat(approved(OURS)).isTrue();
    }

    private void change(String from, String to) throws IOException {
        Files.writeString(scenario, Files.readString(scenario).replace(from, to));
    }

    /** Runs {@code fluxrig reload}; what it said. */
    private String reload(int exitCode) throws Exception {
        Path out = Files.createTempDirectory(folder, "reload");
        Process reload = RackUnderTest.command(out, Map.of(), "reload", rack.address());
        assertThat(reload.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(out.resolve("stdout.txt")) + Files.readString(out.resolve("stderr.txt"));
        assertThat(reload.exitValue()).as(said).isEqualTo(exitCode);
        return said;
    }

    private void awaitMore() {
        int before = answered.get();
        Awaitility.await(STEP + " more answers")
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> answered.get() >= before + STEP);
    }

    private ASCIIChannel terminal() throws IOException {
        return new ASCIIChannel("127.0.0.1", terminalsPort, new ISO87APackager());
    }

    private boolean approved(String pan) throws Exception {
        try (JposTerminal terminal = new JposTerminal(terminal(), "PROBE%03d".formatted(answered.get() % 1000))) {
            return "00".equals(terminal.exchange(terminal.purchase(pan)).getString(39));
        }
    }

    /** One purchase after the other over one connection; how many were not approved. */
    private int purchases(String terminalId) throws IOException, ISOException {
        int refused = 0;
        try (JposTerminal terminal = new JposTerminal(terminal(), terminalId)) {
            while (!ending.get()) {
                ISOMsg request = terminal.purchase(OURS);
                ISOMsg answer = terminal.exchange(request);
                assertThat(answer.getString(11)).isEqualTo(request.getString(11));
                assertThat(answer.getString(41)).isEqualTo(terminalId);
                refused += "00".equals(answer.getString(39)) ? 0 : 1;
                answered.incrementAndGet();
            }
        }
        return refused;
    }
}
