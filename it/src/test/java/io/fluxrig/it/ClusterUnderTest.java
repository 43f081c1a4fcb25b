package io.fluxrig.it;

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
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Three sites, each a network namespace with a node of a NATS cluster and a rack, each with a login of its own; two mixers beside them on
 * one PostgreSQL. Each rack switches purchases inside itself and to the next rack, and tells that one advices. The disk of the last rack is
 * small. One thread.
 */
final class ClusterUnderTest {
    static final List<String> SITES = List.of("a", "b", "c");
    static final List<String> MIXERS = List.of("one", "two");
    /** Whose rack has a disk that can be filled. */
    static final String SMALL = SITES.get(SITES.size() - 1);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String OWN_PAN = "4111110000001112";
    private static final String FAR_PAN = "4222220000001110";
    private static final int TERMINALS_PORT = 8583;
    private static final int PAUSE_MS = 20;
    private static final int SMALL_MEBIBYTES = 64;
    /** In each advice, so that a journal soon needs another file. */
    private static final String PADDING = "P".repeat(900);

    private final Path folder;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final Map<String, TerminalUnderLoad> inside = new LinkedHashMap<>();
    private final Map<String, TerminalUnderLoad> between = new LinkedHashMap<>();
    private final Map<String, NatsServer> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> booksPorts = new LinkedHashMap<>();
    private final Arrivals arrivals = new Arrivals(1);
    private final Map<String, Integer> lives = new LinkedHashMap<>();
    /** Advices, by the run of their source: what its wire took, and what it refused for want of room. */
    private final Map<String, Long> kept = new LinkedHashMap<>();

    private final Map<String, Long> refused = new LinkedHashMap<>();
    private NatsOperator operator;
    private Sites sites;
    private SmallVolume volume;
    private FleetUnderTest fleet;
    private Path keyFile;

    /** @param folder for all files */
    ClusterUnderTest(Path folder) {
        this.folder = folder;
    }

    /** Starts all, or skips the test where that cannot be; returns once each terminal has one purchase after the other approved. */
    void start() throws Exception {
        startNats();
        startMixers();
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        keyFile = secret("snake.key", key);
        for (String site : SITES) {
            startSite(site);
        }
        Path scenario = scenario();
        fleet.command(Map.of(), "scenario", "import", scenario.toString());
        fleet.command(Map.of(), "scenario", "activate", "ring", "1.0.0");
        for (String site : SITES) {
            await("rack " + site + " has its links", () -> approves(site, OWN_PAN) && approves(site, FAR_PAN));
            begin(inside, site, OWN_PAN);
            begin(between, site, FAR_PAN);
        }
    }

    FleetUnderTest fleet() {
        return fleet;
    }

    Sites sites() {
        return sites;
    }

    /** The disk of {@link #SMALL}'s rack. */
    SmallVolume volume() {
        return volume;
    }

    NatsServer node(String site) {
        return nodes.get(site);
    }

    /** Each rack's terminal whose purchases stay there, by site. */
    Map<String, TerminalUnderLoad> inside() {
        return inside;
    }

    /** Each rack's terminal whose purchases go to the next rack's host, by site. */
    Map<String, TerminalUnderLoad> between() {
        return between;
    }

    /** The names of racks and mixers. */
    static List<String> processes() {
        return Stream.concat(SITES.stream(), MIXERS.stream()).toList();
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** The mixer that leads, which is asked from now on. */
    String leader() {
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

    /** SIGKILL, after a look at what its source has been promised so far. */
    void killRack(String site) throws Exception {
        note(site);
        fleet.killRack(site);
    }

    /** On its data folder; its source has another name than before. */
    void startRack(String site) throws IOException {
        lives.merge(site, 1, Integer::sum);
        InetAddress here = InetAddress.getByName(sites.lineTo(site));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("TERMINALS_BIND", sites.place(site).address() + ":" + TERMINALS_PORT);
        environment.put("BOOKS_ADDRESS", here.getHostAddress() + ":" + booksPorts.get(site));
        environment.put("RUN", run(site));
        environment.put("PADDING", PADDING);
        environment.put("FLUXRIG_RACK_STRIPS", "1");
        environment.put("FLUXRIG_RACK_MACHINE_ID", Integer.toString(64 * SITES.indexOf(site)));
        environment.put("FLUXRIG_SNAKE_URL", urls());
        environment.put("FLUXRIG_SNAKE_CREDS_FILE", credentials(site).toString());
        environment.put("FLUXRIG_SNAKE_REPLICAS", "3");
        environment.put("FLUXRIG_SNAKE_KEY_FILE", keyFile.toString());
        environment.put("FLUXRIG_SNAKE_CONFIRM_WAIT", "1s");
        environment.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        environment.put("FLUXRIG_STORE_FREE_MIN_BYTES", "0MiB");
        fleet.startRack(site, environment);
    }

    /** What a rack says of the wire that its advices leave over. */
    double advices(String site, String metric, String... labels) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(labels));
        all.add("source_" + site + ".out->" + next(site) + ".encode_books_" + next(site) + ".in");
        return fleet.metric(site, metric, all.toArray(String[]::new));
    }

    /** How many advices its wire refused a rack's source since the rack was started. */
    long refused(String site) throws IOException, InterruptedException {
        return (long) advices(site, "fluxrig_guaranteed_refused_total", "reason=\"stalled\"");
    }

    /** How many of two journals of {@link #SMALL}'s rack take advices: that of its own ones, that of those for its host. */
    int journalsUp() throws IOException, InterruptedException {
        String arriving = "\"->" + SMALL + ".encode_books_" + SMALL + ".in\"";
        return (int) (advices(SMALL, "fluxrig_durable_up") + fleet.metric(SMALL, "fluxrig_durable_up", arriving));
    }

    /** What is missing of all that was kept until now; nothing, in time. */
    List<String> missing() throws Exception {
        for (String site : SITES) {
            note(site);
        }
        return arrivals.missing(kept, refused);
    }

    /** How many advices were kept until {@link #missing} was asked. */
    long kept() {
        return kept.values().stream().mapToLong(Long::longValue).sum();
    }

    private void note(String site) throws IOException, InterruptedException {
        refused.put(run(site), refused(site));
        kept.put(run(site), (long) advices(site, "fluxrig_durable_appended_total"));
    }

    private String run(String site) {
        return "ADV%s%04d".formatted(site, lives.get(site));
    }

    static String next(String site) {
        return SITES.get((SITES.indexOf(site) + 1) % SITES.size());
    }

    private void startNats() throws Exception {
        sites = Sites.open(SITES);
        running.add(sites);
        Map<String, Place> places = new LinkedHashMap<>();
        SITES.forEach(site -> places.put(site, sites.place(site)));
        operator = new NatsOperator(folder.resolve("operator"));
        Path configuration = operator.configuration();
        operator.documented("mixer", "the mixer", "none");
        for (String site : SITES) {
            operator.documented(site, "rack NAME", "none");
            nodes.put(site, NatsServer.node(folder.resolve("nats-" + site), site, places, configuration));
            running.add(nodes.get(site));
        }
    }

    private void startMixers() throws Exception {
        PostgresServer database = PostgresServer.start();
        running.add(database);
        Path password = secret("password", PostgresServer.PASSWORD.getBytes(StandardCharsets.US_ASCII));
        Map<String, String> shared = new LinkedHashMap<>();
        shared.put("FLUXRIG_SNAKE_URL", urls());
        shared.put("FLUXRIG_SNAKE_CREDS_FILE", credentials("mixer").toString());
        shared.put("FLUXRIG_REGISTRY_URL", database.url("postgres"));
        shared.put("FLUXRIG_REGISTRY_PASSWORD_FILE", password.toString());
        shared.put("FLUXRIG_REGISTRY_TLS", "off");
        shared.put("FLUXRIG_REGISTRY_TIMEOUT", "20s");
        fleet = new FleetUnderTest(folder, nodes.get(SITES.get(0)).url(), shared);
        volume = SmallVolume.mount(fleet.rackData(SMALL), SMALL_MEBIBYTES);
        running.add(volume);
        running.add(fleet::close);
        fleet.startMixer("one");
        leader();
        FleetUnderTest.copy(
                fleet.data("one").resolve("authority"), fleet.data("two").resolve("authority"));
        fleet.startMixer("two");
    }

    private void startSite(String site) throws Exception {
        booksPorts.put(site, FreePort.onLoopback());
        running.add(new SilentHost(InetAddress.getByName(sites.lineTo(site)), booksPorts.get(site), arrivals::take));
        fleet.place(site, sites.place(site));
        startRack(site);
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
        terminal.beginPersistently();
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

    private String urls() {
        return nodes.values().stream().map(NatsServer::url).collect(Collectors.joining(","));
    }

    private Path credentials(String name) {
        return folder.resolve("operator/" + name + ".creds");
    }

    private Path secret(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, content);
    }

    /** For as long as something may take to be as before. */
    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(condition);
    }

    /** How long something is away is part of what is tried. */
    static void rest(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all, what was started last first. */
    void close() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }
}
