package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rack whose data folder lies on a disk that somebody fills to the last byte and keeps full, under load: what needs no disk goes on,
 * what needs it is refused, nothing that was acknowledged is lost, and all goes on by itself once there is space.
 */
final class DiskFullIT {
    private static final int VOLUME_MEBIBYTES = 32;
    private static final int FULL_WAIT_MS = 2400;
    /** Of purchases: less than what is held back waits. */
    private static final int TIMEOUT_MS = 2200;

    private static final int STEP = 50;
    private static final int OF_EACH_KIND = 4;
    private static final int PAUSE_MS = 4;
    private static final String BOOKS = "source.out->encode_books.in";
    private static final String FAR = "decode_advice.out->there.encode_far.in";
    private static final String TICKETS = "kept_switch.tickets";
    private static final String PADDING = "P".repeat(900);
    private static final String APPROVED = "00";
    private static final String OVERLOAD = "96";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final int booksPort = FreePort.onLoopback();
    private final int farBooksPort = FreePort.onLoopback();
    private final int terminalsPort = FreePort.onLoopback();
    private final int keptPort = FreePort.onLoopback();
    private final int advicesPort = FreePort.onLoopback();
    private final Arrivals books = new Arrivals(1);
    private final Arrivals farBooks = new Arrivals(1);
    /** How often the issuer was asked, by terminal and STAN. */
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    private final List<AutoCloseable> running = new ArrayList<>();
    private NatsServer nats;
    private SmallVolume volume;
    private RackUnderTest here;

    @BeforeEach
    void mount() throws IOException {
        volume = SmallVolume.mount(Files.createDirectories(data()), VOLUME_MEBIBYTES);
        running.add(volume);
    }

    private void startAll() throws IOException {
        nats = NatsServer.start(folder.resolve("jetstream"));
        running.add(nats);
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
        running.add(new JposHost(hostPort, new ASCIIChannel(new ISO87APackager()), (request, send) -> {
            asked.computeIfAbsent(key(request.getString(41), request.getString(11)), first -> new AtomicInteger())
                    .incrementAndGet();
            JposHost.approve(request, send);
        }));
        running.add(new SilentHost(booksPort, books::take));
        running.add(new SilentHost(farBooksPort, farBooks::take));
        CompletableFuture<RackUnderTest> there = CompletableFuture.supplyAsync(() -> start("there", "on_control"));
        running.add(() -> there.join().close());
        here = start("here", "on_load");
        there.join();
        running.add(() -> here.close());
    }

    @AfterEach
    void stopAll() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private Path data() {
        return folder.resolve("here/data");
    }

    private Path keyFile() {
        return folder.resolve("snake.key");
    }

    private static String key(String terminal, String stan) {
        return terminal + " " + stan;
    }

    private RackUnderTest start(String rack, String trigger) {
        return RackUnderTest.start(scenario(), folder.resolve(rack), environment(rack, trigger));
    }

    private static Path scenario() {
        return RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/disk-full.yaml");
    }

    private Map<String, String> environment(String rack, String trigger) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("BOOKS_PORT", Integer.toString(booksPort));
        env.put("FAR_BOOKS_PORT", Integer.toString(farBooksPort));
        env.put("TERMINALS_PORT", Integer.toString(terminalsPort));
        env.put("KEPT_PORT", Integer.toString(keptPort));
        env.put("ADVICES_PORT", Integer.toString(advicesPort));
        env.put("TIMEOUT", TIMEOUT_MS + "ms");
        env.put("TRIGGER", trigger);
        env.put("PADDING", PADDING);
        env.put("FLUXRIG_RACK_NAME", rack);
        env.put("FLUXRIG_SNAKE_URL", nats.url());
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        env.put("FLUXRIG_SNAKE_CONFIRM_WAIT", "1s");
        env.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        env.put("FLUXRIG_STORE_RING_BYTES", "128KiB");
        env.put("FLUXRIG_STORE_FREE_MIN_BYTES", "0MiB");
        env.put("FLUXRIG_STORE_FULL_WAIT", FULL_WAIT_MS + "ms");
        return env;
    }

    @Test
    void shouldGoOnWhereNoDiskIsNeededAndLoseNothingWhereItIs() throws Exception {
        startAll();
        List<PatientTerminal> hot = begin("MEMORY0", terminalsPort, false, "");
        List<PatientTerminal> kept = begin("TICKET0", keptPort, false, PADDING);
        List<PatientTerminal> advising = begin("ADVICE0", advicesPort, true, PADDING);
        List<List<PatientTerminal>> all = List.of(hot, kept, advising);
        all.forEach(each -> awaitMore(each, APPROVED, "the start"));

        volume.fill();
        awaitNothingIsTaken(BOOKS, FAR, TICKETS);
        awaitMore(hot, APPROVED, "the disk is full");
        awaitMore(kept, OVERLOAD, "the disk is full");
        awaitMore(advising, OVERLOAD, "the disk is full");
        await("/health names what takes nothing, and the rack stays in service", () -> {
            String health = here.get("/health");
            return health.contains("\"status\":\"degraded\"")
                    && Stream.of(BOOKS, FAR, TICKETS).allMatch(wire -> health.contains(wire + " takes nothing since "))
                    && health.contains(": disk full, senders are refused; money at risk: ")
                    && health.contains("; type: df -h " + data());
        });
        assertThat(log()).contains("is full); senders are held back", "are refused from now on, until there is");

        volume.free();
        all.forEach(each -> awaitMore(each, APPROVED, "there is space again"));
        long before = books.distinct();
        await("advices of its own", () -> books.distinct() >= before + STEP);
        for (String wire : List.of(BOOKS, FAR, TICKETS)) {
            await(wire + " takes messages", () -> up(wire) == 1);
        }
        await("nothing is told of a full disk", () -> here.get("/health").contains("\"wires_stopped\":[]"));
        for (PatientTerminal each : all.stream().flatMap(List::stream).toList()) {
            each.end();
            assertThat(each.lost()).as("lost connections of " + each.id()).isZero();
        }
        for (PatientTerminal each : hot) {
            assertThat(each.refused()).as("not approved of " + each.id()).isZero();
            assertThat(each.longestMs()).as(each.id()).isLessThan(TIMEOUT_MS);
        }
        hot.forEach(this::checkAskedOnce);
        kept.forEach(this::checkAskedOnce);
        checkAdvicesArrive(advising);
        assertThat(Files.readString(data().resolve("logs/rack.log"))).contains("there is space again");
        System.out.printf(
                "disk full: of the memory's purchases %,d approved, the longest took %d ms; of the disk's %,d and %,d declined; of advices"
                        + " %,d taken, %,d refused%n",
                count(hot, APPROVED),
                hot.stream().mapToLong(PatientTerminal::longestMs).max().orElseThrow(),
                count(kept, APPROVED),
                count(kept, OVERLOAD),
                count(advising, APPROVED),
                count(advising, OVERLOAD));
        shouldLoseNothingWhenItIsKilledOnAFullDisk();
    }

    private void shouldLoseNothingWhenItIsKilledOnAFullDisk() throws Exception {
        List<PatientTerminal> kept = begin("KILLED0", keptPort, false, PADDING);
        double stalls = stalls();
        volume.fill();
        await("advices and tickets are held back", () -> stalls() == stalls + 2);
        double appended = here.metric("fluxrig_durable_appended_total", BOOKS);
        here.kill();
        here = RackUnderTest.startDegraded(scenario(), folder.resolve("here"), environment("here", "on_control"));
        assertThat(log()).contains("no space, nothing is taken until there is").doesNotContain("\tat ");
        List<PatientTerminal> hot = begin("MEMORY1", terminalsPort, false, "");
        awaitMore(hot, APPROVED, "a start on a full disk");
        awaitMore(kept, OVERLOAD, "a start on a full disk");

        volume.free();
        awaitMore(kept, APPROVED, "there is space again");
        for (PatientTerminal each : kept) {
            each.end();
            checkAskedOnce(each);
        }
        for (PatientTerminal each : hot) {
            each.end();
            assertThat(each.refused()).as("not approved of " + each.id()).isZero();
        }
        await("all that was kept is with the host", () -> books.distinct() >= appended);
        assertThat(here.metric("fluxrig_durable_lost_total")).isZero();
        assertThat(here.terminate()).isZero();
    }

    @Test
    void shouldSayWhatAFirstStartOnAFullDiskLacksAndLeaveItsSupervisorToTryAgain() throws Exception {
        volume.fill();
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("TRIGGER", "on_control");
        env.put("FLUXRIG_BASE_DATA_DIR", data().toString());
        Path scenario = RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/durable-advices.yaml");

        Process rack = RackUnderTest.command(folder.resolve("here"), env, "run", scenario.toString());

        assertThat(rack.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(rack.exitValue()).as("no fault of its configuration").isEqualTo(1);
        assertThat(log()).contains("No space left on device").doesNotContain("\tat ");
    }

    /** Purchases that were approved were asked for once, others at most once, and none that was refused for want of room. */
    private void checkAskedOnce(PatientTerminal terminal) {
        terminal.told().forEach((stan, code) -> {
            AtomicInteger times = asked.getOrDefault(key(terminal.id(), stan), new AtomicInteger());
            assertThat(times.get())
                    .as(terminal.id() + " " + stan + " was told " + code)
                    .isBetween(code.equals(APPROVED) ? 1 : 0, code.equals(OVERLOAD) ? 0 : 1);
        });
    }

    private void checkAdvicesArrive(List<PatientTerminal> advising) {
        Map<String, Long> taken = new LinkedHashMap<>();
        advising.forEach(each -> taken.put(each.id(), (long) each.told().size()));
        await(
                "all advices that were taken are with their host",
                () -> farBooks.missing(taken).isEmpty());
    }

    private void awaitNothingIsTaken(String... wires) {
        for (String wire : wires) {
            await(wire + " takes nothing", () -> up(wire) == 0);
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("here/stderr.txt"));
    }

    private List<PatientTerminal> begin(String name, int port, boolean advises, String padding) {
        List<PatientTerminal> terminals = new ArrayList<>();
        for (int i = 0; i < OF_EACH_KIND; i++) {
            terminals.add(new PatientTerminal(port, name + i, advises, PAUSE_MS, padding));
        }
        terminals.forEach(PatientTerminal::begin);
        return terminals;
    }

    /** How often the journals that are written to now have run out of space. */
    private double stalls() {
        return here.metric("fluxrig_durable_stalls_total", BOOKS)
                + here.metric("fluxrig_durable_stalls_total", TICKETS);
    }

    private double up(String wire) {
        return here.metric("fluxrig_durable_up", wire);
    }

    private static int count(List<PatientTerminal> terminals, String code) {
        return terminals.stream().mapToInt(each -> each.count(code)).sum();
    }

    private static void awaitMore(List<PatientTerminal> terminals, String code, String after) {
        int before = count(terminals, code);
        await(
                "more " + code + " for " + terminals.get(0).id() + " after " + after,
                () -> count(terminals, code) >= before + STEP);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition);
    }
}
