package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.net.FreePort;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two racks with a NATS server between them, under load: advices and purchases that come in on the one reach a jPOS host behind
 * the other, and answers their terminals, whatever is killed or deleted on the way.
 */
final class SnakeLaneIT {
    private static final Pattern PAN = Pattern.compile("411111\\d{10}");
    private static final String THERE = "source.out->west.encode.in";
    private static final String DECLINED = "fluxrig_errors_total";
    private static final String ADVICES = "two-racks.yaml";
    private static final String PURCHASES = "far-host.yaml";
    private static final int STEP = 1000;
    private static final int TERMINALS = 16;
    private static final int IN_FLIGHT = 1024;
    private static final int NO_SUCH_STREAM = 10059;

    @TempDir
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final int terminalsPort = FreePort.onLoopback();
    private final Map<String, AtomicInteger> stans = new ConcurrentHashMap<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicBoolean silent = new AtomicBoolean();
    private NatsServer nats;
    private JposHost host;
    private RackUnderTest east;
    private RackUnderTest west;

    @BeforeEach
    void startAll() throws IOException {
        nats = NatsServer.start(folder.resolve("jetstream"));
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
        host = new JposHost(hostPort, new ASCIIChannel(new ISO87APackager()), (request, send) -> {
            AtomicInteger times = stans.computeIfAbsent(request.getString(11), first -> new AtomicInteger());
            if (times.incrementAndGet() > 1) {
                repeated.incrementAndGet();
            }
            if (!silent.get()) {
                answers.incrementAndGet();
                JposHost.approve(request, send);
            }
        });
    }

    @AfterEach
    void stopAll() {
        for (AutoCloseable each : new AutoCloseable[] {east, west, host, nats}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Path keyFile() {
        return folder.resolve("snake.key");
    }

    private RackUnderTest start(String scenario, String rack, String trigger) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("TERMINALS_PORT", Integer.toString(terminalsPort));
        env.put("TRIGGER", trigger);
        env.put("FLUXRIG_RACK_NAME", rack);
        env.put("FLUXRIG_SNAKE_URL", nats.url());
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        env.put("FLUXRIG_SNAKE_CONFIRM_WAIT", "1s");
        env.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        return RackUnderTest.start(
                RackUnderTest.repositoryRoot()
                        .resolve("it/src/test/resources/scenarios")
                        .resolve(scenario),
                folder.resolve(rack),
                env);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition);
    }

    private void awaitMore(String after) {
        int before = stans.size();
        await(STEP + " more advices after " + after, () -> stans.size() >= before + STEP);
    }

    @Test
    void shouldLoseNothingWhateverIsKilledOnTheWay() throws Exception {
        west = start(ADVICES, "west", "on_load");
        east = start(ADVICES, "east", "on_load");
        awaitMore("the start");

        silenceHost();
        awaitMore("the host fell silent");
        west.kill();
        await("as many advices as may are in the stream", () -> pending() == IN_FLIGHT);
        double published = east.metric("fluxrig_guaranteed_published_total", THERE);
        assertThat(readable(nats.folder()))
                .as("sealed messages lie in the stream")
                .contains("FXS");
        silent.set(false);
        west = start(ADVICES, "west", "on_load");
        awaitMore("the receiver was killed");
        await("all that was under way is confirmed", () -> confirmed() >= published);

        int repeatedBefore = repeated.get();
        nats.killAndRestart(() -> {
            await("the connection is lost", () -> east.metric("fluxrig_snake_connected") == 0);
            await("advices wait", () -> east.metric("fluxrig_durable_backlog_messages", THERE) > STEP);
        });
        awaitMore("NATS was killed");

        deleteStream();
        awaitMore("the stream was deleted");
        deleteStream();
        awaitMore("the stream was deleted again");
        assertThat(repeated.get()).as("advices that reached the host again").isEqualTo(repeatedBefore);

        awaitAllThatWasKept();
        assertThat(east.terminate()).isZero();
        assertThat(west.terminate()).isZero();
        assertThat(PAN.matcher(readable(folder)).find())
                .as("a card number lies somewhere")
                .isFalse();
    }

    /** What it had given its journal was written as that was closed, and the stream offered it to the next run again. */
    @Test
    void shouldBringNothingTwiceWhereTheReceiverIsStoppedUnderLoad() throws Exception {
        west = start(ADVICES, "west", "on_load");
        east = start(ADVICES, "east", "on_load");
        awaitMore("the start");
        for (int stop = 0; stop < 4; stop++) {
            silenceHost();
            awaitMore("the host fell silent");
            assertThat(west.terminate()).isZero();
            await("as many advices as may are in the stream", () -> pending() == IN_FLIGHT);
            answers.set(0); // the next run counts its own
            silent.set(false);
            west = start(ADVICES, "west", "on_load");
            awaitMore("the receiver was stopped");
        }
        assertThat(repeated.get()).as("advices that reached the host again").isZero();

        awaitAllThatWasKept();
    }

    /** As somebody does who makes room on its disk, or puts a back-up in place. */
    @Test
    void shouldLoseNothingWhenTheFilesOfTheStreamAreRemovedOrOld() throws Exception {
        west = start(ADVICES, "west", "on_load");
        east = start(ADVICES, "east", "on_load");
        awaitMore("the start");
        Path old = folder.resolve("old");
        nats.killAndRestart(() -> copy(nats.folder(), old));
        awaitMore("its files were copied");

        nats.killAndRestart(() -> remove(nats.folder()));
        awaitMore("its files were removed");

        nats.killAndRestart(() -> {
            remove(nats.folder());
            copy(old, nats.folder());
        });
        awaitMore("an old copy was put in their place");

        awaitAllThatWasKept();
    }

    /** The source ends, and everything that it was told yes for is with the host. */
    private void awaitAllThatWasKept() {
        double kept = east.metric("fluxrig_durable_appended_total", THERE);
        east.kill();
        east = start(ADVICES, "east", "on_control");
        await(
                "the sender has confirmations for all",
                () -> east.metric("fluxrig_durable_backlog_messages", THERE) == 0);
        await(
                "the receiver has passed on all",
                () -> west.metric("fluxrig_durable_backlog_messages", "encode.in") == 0);
        await("the host has all", () -> missing() == 0 && stans.size() >= kept);
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path removed) {
        try (Stream<Path> all = Files.walk(removed)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldAnswerEachTerminalOnceWhateverIsKilledOnTheWay() throws Exception {
        west = start(PURCHASES, "west", "on_load");
        east = start(PURCHASES, "east", "on_load");
        AtomicBoolean ending = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(TERMINALS);
        try {
            List<Future<Integer>> work = new ArrayList<>();
            for (int i = 0; i < TERMINALS; i++) {
                String terminalId = "SNAKE%03d".formatted(i);
                work.add(pool.submit(() -> purchases(terminalId, ending, answered)));
            }
            awaitAnswers(answered, "the start");
            west.kill();
            west = start(PURCHASES, "west", "on_load");
            awaitAnswers(answered, "the receiver was killed");
            nats.killAndRestart(
                    () -> await("the connection is lost", () -> east.metric("fluxrig_snake_connected") == 0));
            awaitAnswers(answered, "NATS was killed");
            deleteStream();
            awaitAnswers(answered, "the stream was deleted");
            ending.set(true);
            int approved = 0;
            for (Future<Integer> each : work) {
                approved += each.get(40, TimeUnit.SECONDS);
            }
            List<String> declined = east.samples(DECLINED);
            assertThat(east.metric(DECLINED, "reason=\"timeout\""))
                    .as("what the host had answered to the receiver that was killed, one for each terminal, of "
                            + declined)
                    .isLessThanOrEqualTo(TERMINALS);
            // while nothing is heard of the receiver's rack there is nowhere to send a purchase
            assertThat(approved + east.metric(DECLINED, "reason=\"timeout\"") + east.metric(DECLINED, "no_destination"))
                    .as("approved %d, declined %s", approved, declined)
                    .isEqualTo(answered.get());
        } finally {
            ending.set(true);
            pool.shutdownNow();
        }
        assertThat(PAN.matcher(readable(folder)).find())
                .as("a card number lies somewhere")
                .isFalse();
    }

    private static void awaitAnswers(AtomicInteger answered, String after) {
        int before = answered.get();
        await(STEP + " more answers after " + after, () -> answered.get() >= before + STEP);
    }

    /** One purchase after the other until the end; each gets one answer, its own; then nothing more comes. */
    private int purchases(String terminalId, AtomicBoolean ending, AtomicInteger answered) throws Exception {
        int approved = 0;
        ASCIIChannel channel = new ASCIIChannel("127.0.0.1", terminalsPort, new ISO87APackager());
        try (JposTerminal terminal = new JposTerminal(channel, terminalId)) {
            while (!ending.get()) {
                ISOMsg request = terminal.purchase("4111110000001112");
                ISOMsg answer = terminal.exchange(request);
                assertThat(answer.getString(11)).isEqualTo(request.getString(11));
                assertThat(answer.getString(41)).isEqualTo(terminalId);
                approved += "00".equals(answer.getString(39)) ? 1 : 0;
                answered.incrementAndGet();
            }
            channel.setTimeout(1000);
            assertThatThrownBy(terminal::receive).isInstanceOf(IOException.class);
        }
        return approved;
    }

    /**
     * A kernel that closes the connection of a killed process throws away what the host has not read of it, if answers were under
     * way; if there were none, the host reads it to the end. The wires end before that connection.
     */
    private void silenceHost() {
        silent.set(true);
        await(
                "the receiver has all answers",
                () -> west.metric("fluxrig_gear_messages_total", "gear=\"decode\"", "port=\"in\"") >= answers.get());
    }

    /** Each of the source's two strips numbers its own advices, every second number, without gaps. */
    private int missing() {
        int missing = 0;
        for (int strip = 0; strip < 2; strip++) {
            int parity = strip;
            int last = stans.keySet().stream()
                    .mapToInt(Integer::parseInt)
                    .filter(stan -> stan % 2 == parity)
                    .max()
                    .orElse(0);
            for (int stan = parity == 0 ? 2 : 1; stan <= last; stan += 2) {
                missing += stans.containsKey("%06d".formatted(stan)) ? 0 : 1;
            }
        }
        return missing;
    }

    /** Messages still arrive for a while without it: a rack makes it anew when it next publishes. */
    private void deleteStream() throws Exception {
        Connection connection = Nats.connect(nats.url());
        try {
            await("there is a stream to delete", () -> deleted(connection));
        } finally {
            connection.close();
        }
    }

    private static boolean deleted(Connection connection) throws IOException, JetStreamApiException {
        try {
            return connection.jetStreamManagement().deleteStream("flux-msg");
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_SUCH_STREAM) {
                return false;
            }
            throw e;
        }
    }

    private double confirmed() {
        return east.metric("fluxrig_guaranteed_confirmed_total", THERE);
    }

    private double pending() {
        return east.metric("fluxrig_guaranteed_pending_messages", THERE);
    }

    private static String readable(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
