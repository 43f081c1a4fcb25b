package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import io.fluxrig.mixer.registry.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three sites, each a network namespace with a node of a NATS cluster and a rack; two mixers beside them on one PostgreSQL. Each rack
 * switches purchases inside itself and to the next rack, and tells that one advices. One thing after the other fails,
 * {@code -Dfluxrig.cluster.rounds=1} times ({@code -Dfluxrig.cluster.only=partition} for what is called so): each NATS node, the mixer that leads, the one that stands by, the way to each site. After each
 * the figures are printed; in the end what was kept is held against what arrived.
 */
@EnabledIfSystemProperty(
        named = "fluxrig.cluster.rounds",
        matches = "[1-9]\\d*",
        disabledReason = "minutes, root: -Dfluxrig.cluster.rounds=1")
final class ClusterCampaignIT {
    private static final int ROUNDS = Integer.getInteger("fluxrig.cluster.rounds", 0);
    private static final String ONLY = System.getProperty("fluxrig.cluster.only", "");
    private static final List<String> SITES = List.of("a", "b", "c");
    private static final List<String> MIXERS = List.of("one", "two");
    private static final String OWN_PAN = "4111110000001112";
    private static final String FAR_PAN = "4222220000001110";
    private static final int TERMINALS_PORT = 8583;
    private static final int PAUSE_MS = 20;
    private static final int STEP = 50;
    /** How long what failed stays away: longer than NATS's clients take to see that nobody is there. */
    private static final int AWAY_SECONDS = 15;

    private static final int CALM_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Map<String, TerminalUnderLoad> inside = new LinkedHashMap<>();
    private final Map<String, TerminalUnderLoad> between = new LinkedHashMap<>();
    private final Map<String, NatsServer> nodes = new LinkedHashMap<>();
    private final Arrivals arrivals = new Arrivals(1);
    private final List<AutoCloseable> running = new ArrayList<>();
    private Sites sites;
    private FleetUnderTest fleet;

    @AfterEach
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    @Test
    void shouldSwitchOnAndLoseNothingWhateverFails() throws Exception {
        startAll();
        System.out.printf("%-28s %s%n", "", "longest pause inside racks, between them; not approved there; back after");
        for (int round = 0; round < ROUNDS; round++) {
            phase("nothing", () -> {}, () -> {});
            for (String site : SITES) {
                phase(
                        "kill -9 of NATS node " + site,
                        () -> {},
                        () -> nodes.get(site).killAndRestart(() -> rest(AWAY_SECONDS)));
            }
            String leader = leader();
            phase("kill -9 of the mixer " + leader, () -> mixerAway(leader), () -> fleet.startMixer(leader));
            String standing = MIXERS.get(1 - MIXERS.indexOf(leader()));
            phase("kill -9 of the other, " + standing, () -> mixerAway(standing), () -> fleet.startMixer(standing));
            for (String site : SITES) {
                phase("partition of site " + site, () -> cut(site), () -> sites.restore(site));
            }
        }
        Map<String, Long> kept = new LinkedHashMap<>();
        for (String site : SITES) {
            kept.put(run(site), (long) fleet.metric(site, "fluxrig_durable_appended_total", advices(site)));
        }
        Awaitility.await("all is with the hosts")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(arrivals.missing(kept)).isEmpty());
        System.out.printf(
                "%,d advices kept, all with their hosts; %d of %,d came again under their number%n",
                kept.values().stream().mapToLong(Long::longValue).sum(), arrivals.repeated(), arrivals.distinct());
        for (TerminalUnderLoad each : inside.values()) {
            assertThat(each.end()).as("not approved inside a rack").isZero();
        }
    }

    private interface Step {
        void take() throws Exception;
    }

    /** Something fails, and comes back; then all must be as before. */
    private void phase(String name, Step fails, Step comesBack) throws Exception {
        if (!name.contains(ONLY)) {
            return;
        }
        long startedNs = System.nanoTime();
        Map<String, Integer> declined = declined();
        fails.take();
        comesBack.take();
        long backNs = System.nanoTime();
        for (TerminalUnderLoad each : between.values()) {
            int before = each.approved();
            await(name + ": purchases between racks again", () -> each.approved() >= before + STEP);
        }
        for (String site : SITES) {
            await(
                    name + ": advices have got away",
                    () -> fleet.metric(site, "fluxrig_durable_backlog_messages", advices(site)) < STEP);
        }
        String mixer = leader();
        fleet.ask(mixer);
        for (String site : SITES) {
            fleet.awaitRack(site, "/there", "true");
        }
        rest(CALM_SECONDS);
        Map<String, Integer> after = declined();
        System.out.printf(
                "%-28s inside %,5d ms   between %s ms   not approved %s   back after %s ms   again %d%n",
                name,
                inside.values().stream()
                        .mapToLong(each -> each.longestPauseMs(startedNs))
                        .max()
                        .orElseThrow(),
                shown(site -> between.get(site).longestPauseMs(startedNs)),
                shown(site -> after.get(site) - declined.get(site)),
                shown(site -> between.get(site).firstAfterMs(backNs)),
                arrivals.repeated());
        assertThat(inside.values().stream()
                        .mapToInt(TerminalUnderLoad::declined)
                        .sum())
                .as("%s: not approved inside a rack", name)
                .isZero();
    }

    private interface Figure {
        long of(String site);
    }

    private static String shown(Figure figure) {
        return SITES.stream().map(site -> "%,6d".formatted(figure.of(site))).collect(Collectors.joining(" "));
    }

    private Map<String, Integer> declined() {
        Map<String, Integer> declined = new LinkedHashMap<>();
        between.forEach((site, terminal) -> declined.put(site, terminal.declined()));
        return declined;
    }

    private void mixerAway(String mixer) throws Exception {
        boolean led = mixer.equals(leader());
        fleet.killMixer(mixer);
        long killedNs = System.nanoTime();
        String other = MIXERS.get(1 - MIXERS.indexOf(mixer));
        fleet.ask(other);
        await("the other mixer leads", () -> fleet.get("/health").path("leads").asBoolean());
        if (led) {
            System.out.printf(
                    "  the other mixer leads %,d ms later%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs));
        }
        rest(CALM_SECONDS);
    }

    private void cut(String site) throws Exception {
        sites.cut(site);
        long cutNs = System.nanoTime();
        rest(AWAY_SECONDS);
        assertThat(between.get(site).longestPauseMs(cutNs))
                .as("without approvals from beyond the cut, in ms")
                .isGreaterThan(TimeUnit.SECONDS.toMillis(AWAY_SECONDS / 2));
    }

    private String leader() {
        return Awaitility.await("a mixer leads")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> {
                            for (String mixer : MIXERS) {
                                fleet.ask(mixer);
                                if (fleet.get("/health").path("leads").asBoolean()) {
                                    return mixer;
                                }
                            }
                            return "";
                        },
                        mixer -> !mixer.isEmpty());
    }

    private void startAll() throws Exception {
        sites = Sites.open(SITES);
        running.add(sites);
        Map<String, Place> places = new LinkedHashMap<>();
        SITES.forEach(site -> places.put(site, sites.place(site)));
        for (String site : SITES) {
            nodes.put(site, NatsServer.node(folder.resolve("nats-" + site), site, places));
            running.add(nodes.get(site));
        }
        PostgresServer database = PostgresServer.start();
        running.add(database);
        String urls = nodes.values().stream().map(NatsServer::url).collect(Collectors.joining(","));
        fleet = new FleetUnderTest(
                folder,
                nodes.get("a").url(),
                Map.of(
                        "FLUXRIG_SNAKE_URL",
                        urls,
                        "FLUXRIG_REGISTRY_URL",
                        database.url("postgres"),
                        "FLUXRIG_REGISTRY_PASSWORD_FILE",
                        secret("password", PostgresServer.PASSWORD.getBytes(StandardCharsets.US_ASCII))
                                .toString(),
                        "FLUXRIG_REGISTRY_TLS",
                        "off",
                        "FLUXRIG_REGISTRY_TIMEOUT",
                        "20s"));
        running.add(fleet::close);
        fleet.startMixer("one");
        leader();
        FleetUnderTest.copy(
                fleet.data("one").resolve("authority"), fleet.data("two").resolve("authority"));
        fleet.startMixer("two");
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Path keyFile = secret("snake.key", key);
        for (String site : SITES) {
            startSite(site, urls, keyFile);
        }
        Path scenario = scenario();
        fleet.command(Map.of(), "scenario", "import", scenario.toString());
        fleet.command(Map.of(), "scenario", "activate", "ring", "1.0.0");
        for (String site : SITES) {
            await("rack " + site + " has its links", () -> approves(site, OWN_PAN) && approves(site, FAR_PAN));
            begin(inside, site, OWN_PAN);
            begin(between, site, FAR_PAN);
        }
        rest(CALM_SECONDS);
    }

    private void startSite(String site, String urls, Path keyFile) throws Exception {
        int books = FreePort.onLoopback();
        InetAddress here = InetAddress.getByName(sites.lineTo(site));
        running.add(new SilentHost(here, books, arrivals::take));
        fleet.place(site, sites.place(site));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("TERMINALS_BIND", sites.place(site).address() + ":" + TERMINALS_PORT);
        environment.put("BOOKS_ADDRESS", here.getHostAddress() + ":" + books);
        environment.put("RUN", run(site));
        environment.put("FLUXRIG_RACK_STRIPS", "1");
        environment.put("FLUXRIG_RACK_MACHINE_ID", Integer.toString(64 * SITES.indexOf(site)));
        environment.put("FLUXRIG_SNAKE_URL", urls);
        environment.put("FLUXRIG_SNAKE_REPLICAS", "3");
        environment.put("FLUXRIG_SNAKE_KEY_FILE", keyFile.toString());
        environment.put("FLUXRIG_SNAKE_CONFIRM_WAIT", "1s");
        environment.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        fleet.startRack(site, environment);
        fleet.awaitRack(site, "/standing", "pending");
        fleet.command(Map.of(), "admin", "racks", "approve", site);
    }

    private void begin(Map<String, TerminalUnderLoad> terminals, String site, String pan) {
        TerminalUnderLoad terminal = new TerminalUnderLoad(
                sites.place(site).address(),
                TERMINALS_PORT,
                pan,
                PAUSE_MS,
                pan.equals(FAR_PAN) ? "FAR00001" : "OWN00001");
        terminal.begin();
        terminals.put(site, terminal);
        running.add(terminal::end);
    }

    private boolean approves(String site, String pan) throws Exception {
        return new TerminalUnderLoad(sites.place(site).address(), TERMINALS_PORT, pan, 0, "PROBE001").approvesOne();
    }

    /** The part of each rack, one after the other. */
    private Path scenario() throws IOException {
        Path root = RackUnderTest.repositoryRoot();
        String[] parts = Files.readString(root.resolve("it/src/test/resources/scenarios/ring-of-racks.yaml"))
                .split("(?m)^gears:\n|^wires:\n", -1);
        StringBuilder text = new StringBuilder("meta: { name: ring, version: 1.0.0 }\nracks: [ { name: ")
                .append(String.join(" }, { name: ", SITES))
                .append(" } ]\n");
        for (int part = 1; part < parts.length; part++) {
            text.append(part == 1 ? "gears:\n" : "wires:\n");
            for (String site : SITES) {
                text.append(parts[part].replace("RACK", site).replace("NEXT", next(site)));
            }
        }
        Path files = Files.createDirectories(folder.resolve("scenario"));
        Files.copy(root.resolve("config/specs/v87-ascii.yaml"), files.resolve("v87-ascii.yaml"));
        Files.writeString(files.resolve("bins.csv"), "from,to,owner\n411111,411111,own\n422222,422222,far\n");
        return Files.writeString(files.resolve("ring.yaml"), text);
    }

    private static String next(String site) {
        return SITES.get((SITES.indexOf(site) + 1) % SITES.size());
    }

    private static String run(String site) {
        return "ADVICE-" + site;
    }

    /** The wire of a site's advices, at its sender. */
    private static String advices(String site) {
        return "source_" + site + ".out->" + next(site) + ".encode_books_" + next(site) + ".in";
    }

    private Path secret(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, content);
    }

    private static void rest(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds); // how long something is away is part of what is tried
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(condition);
    }
}
