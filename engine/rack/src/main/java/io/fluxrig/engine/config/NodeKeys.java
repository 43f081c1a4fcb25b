package io.fluxrig.engine.config;

import io.fluxrig.engine.gear.ConfigKey;
import java.util.List;

/**
 * Every key of {@code rack.toml}, declared once: name, type, default, range and meaning. The file that ships, the check, the
 * JSON Schema and {@code inspect config} are made from this list.
 */
public final class NodeKeys {
    public static final String BASE_DATA_DIR = "base.data_dir";

    public static final String LOGGING_LEVEL = "logging.level";
    public static final String LOGGING_CONSOLE = "logging.console";
    public static final String LOGGING_FILE = "logging.file";
    public static final String LOGGING_FILE_SIZE = "logging.file_size";
    public static final String LOGGING_FILE_DAYS = "logging.file_days";
    public static final String LOGGING_TOTAL_SIZE = "logging.total_size";
    public static final String LOGGING_QUEUE = "logging.queue";

    public static final String RACK_NAME = "rack.name";
    public static final String RACK_STRIPS = "rack.strips";
    public static final String RACK_NATIVE_TRANSPORT = "rack.native_transport";
    public static final String RACK_BUSY_WAIT = "rack.busy_wait";
    public static final String RACK_SHORT_SLICES = "rack.short_slices";
    public static final String RACK_TURBO_RING = "rack.turbo_ring_bytes";
    public static final String RACK_MAX_HOPS = "rack.max_hops";
    public static final String RACK_MAX_TIMERS = "rack.max_timers";
    public static final String RACK_TIMER_TICK = "rack.timer_tick";
    public static final String RACK_READ_WINDOW = "rack.read_window_bytes";
    public static final String RACK_MACHINE_ID = "rack.machine_id";
    public static final String RACK_DRAIN_TIMEOUT = "rack.drain_timeout";
    public static final String RACK_RELOAD_LINKS = "rack.reload_links";
    public static final String RACK_RELOAD_TRIAL = "rack.reload_trial";

    public static final String STORE_DIR = "store.dir";
    public static final String STORE_KEY_FILE = "store.key_file";
    public static final String STORE_SEGMENT = "store.segment_bytes";
    public static final String STORE_SEGMENT_AGE = "store.segment_age";
    public static final String STORE_BACKLOG = "store.backlog_bytes";
    public static final String STORE_RETAIN = "store.retain";
    public static final String STORE_FREE_MIN = "store.free_min_bytes";
    public static final String STORE_RING = "store.ring_bytes";
    public static final String STORE_FULL_WAIT = "store.full_wait";
    public static final String STORE_ON_DAMAGE = "store.on_damage";

    public static final String SNAKE_URL = "snake.url";
    public static final String SNAKE_CREDS_FILE = "snake.creds_file";
    public static final String SNAKE_TLS_CA_FILE = "snake.tls_ca_file";
    public static final String SNAKE_TLS_CERT_FILE = "snake.tls_cert_file";
    public static final String SNAKE_TLS_KEY_FILE = "snake.tls_key_file";
    public static final String SNAKE_JOIN_FILE = "snake.join_file";
    public static final String SNAKE_KEY_FILE = "snake.key_file";
    public static final String SNAKE_AUTHORITY = "snake.authority";
    public static final String SNAKE_HEARTBEAT = "snake.heartbeat";
    public static final String SNAKE_PEER_HEARTBEAT = "snake.peer_heartbeat";
    public static final String SNAKE_PROBE_WAIT = "snake.probe_wait";
    public static final String SNAKE_REPLICAS = "snake.replicas";
    public static final String SNAKE_STREAM = "snake.stream_bytes";
    public static final String SNAKE_IN_FLIGHT = "snake.in_flight";
    public static final String SNAKE_ACK_WAIT = "snake.ack_wait";
    public static final String SNAKE_CONFIRM_WAIT = "snake.confirm_wait";
    public static final String SNAKE_FULL_WAIT = "snake.full_wait";

    public static final String TELEMETRY_ENABLED = "telemetry.enabled";
    public static final String TELEMETRY_BIND = "telemetry.bind";

    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final long HOUR = 3_600 * SECOND;
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static final ConfigKey BASE = ConfigKey.section(
            "base",
            "What every node has.",
            ConfigKey.path("data_dir", "data", "Folder for everything the node writes, relative to where it starts."));

    private static final ConfigKey RACK = ConfigKey.section(
            "rack",
            "The data plane.",
            ConfigKey.text(
                    "name", "", "Name in scenarios (deploy:); empty: the scenario's rack if it declares just one."),
            ConfigKey.number(
                    "strips",
                    0L,
                    0,
                    64,
                    "Event loops, each with its own copy of the gears; 0: one for every two cores, 1 to 16."),
            ConfigKey.flag("native_transport", true, "Use epoll where there is one; false: Java NIO."),
            ConfigKey.flag(
                    "busy_wait",
                    false,
                    "Strips never sleep: no wake-up before a message, but a whole core for each. Epoll only."),
            ConfigKey.flag(
                    "short_slices",
                    true,
                    "Strips ask Linux (6.12 on) for short slices: they get a core at once that another thread computes on."),
            ConfigKey.size(
                    "turbo_ring_bytes",
                    "1MiB",
                    64 * KIB,
                    GIB,
                    "Memory of the ring between each ordered pair of strips, a power of two."),
            ConfigKey.number("max_hops", 64L, 1, 255, "Wires one message may pass before it is refused."),
            ConfigKey.number("max_timers", 4_194_304L, 1024, 1 << 28, "Deadlines pending on one strip at a time."),
            ConfigKey.duration("timer_tick", "5ms", "Resolution of deadlines.").within(MS, SECOND),
            ConfigKey.size("read_window_bytes", "64KiB", KIB, 64 * MIB, "The most that one socket read brings in."),
            ConfigKey.number(
                    "machine_id",
                    0L,
                    0,
                    1984,
                    "Base of the machine number in message ids; strip n adds n. Unique in the fleet."),
            ConfigKey.duration("drain_timeout", "35s", "At SIGTERM, how long to wait for what is in flight.")
                    .within(0, HOUR),
            ConfigKey.duration(
                            "reload_links",
                            "5s",
                            "At a reload, how long a changed client may take to have a link before it is given up.")
                    .within(0, HOUR),
            ConfigKey.duration(
                            "reload_trial",
                            "10s",
                            "After a reload, how long what is new is watched: if it fails, or hosts stop answering, what ran before"
                                    + " runs again.")
                    .within(0, HOUR));

    private static final ConfigKey STORE = ConfigKey.section(
            "store",
            "Durable wires and durable tickets: what they keep on this node's disk, encrypted. Unused without any.",
            ConfigKey.path("dir", "journal", "Folder of the journals, relative to base.data_dir."),
            ConfigKey.path(
                    "key_file",
                    "journal.key",
                    "Key of the journals, 32 bytes, relative to base.data_dir; made if absent, unless the mixer has given the rack"
                            + " one: then it opens what it sealed, and another name here has it seal. Back it up: without it"
                            + " they cannot be read."),
            ConfigKey.size(
                    "segment_bytes",
                    "64MiB",
                    2 * MIB,
                    GIB,
                    "A file of a wire's journal; reserved whole, and one more ahead."),
            ConfigKey.duration("segment_age", "10m", "A file that holds messages is closed at this age.")
                    .within(SECOND, 24 * HOUR),
            ConfigKey.size(
                    "backlog_bytes",
                    "1GiB",
                    6 * MIB,
                    1024 * GIB,
                    "The most one wire keeps, at least three segments; beyond, its senders are held back."),
            ConfigKey.duration("retain", "0s", "A closed file stays this long once all in it is acknowledged.")
                    .within(0, 8760 * HOUR),
            ConfigKey.size(
                    "free_min_bytes", "64MiB", 0, 1024 * GIB, "Space on the disk that the journals leave to others."),
            ConfigKey.size(
                    "ring_bytes",
                    "1MiB",
                    64 * KIB,
                    MIB,
                    "Memory of the ring from each strip to a journal, a power of two; a message is at most an eighth."),
            ConfigKey.duration(
                            "full_wait",
                            "5s",
                            "How long a journal that is full, or whose disk does not answer, holds senders back before it refuses.")
                    .within(0, HOUR),
            ConfigKey.choice(
                    "on_damage",
                    "refuse",
                    "Damaged records at start: refuse to start, or skip them, counted and logged.",
                    "refuse",
                    "skip"));

    static final ConfigKey TLS_CA_FILE = ConfigKey.text(
            "tls_ca_file",
            "",
            "Who signs the certificates of NATS servers with tls:// (PEM), relative to base.data_dir; empty: the mixer's"
                    + " authority where it runs the server, else those that the JVM trusts.");

    static final ConfigKey TLS_CERT_FILE = ConfigKey.text(
            "tls_cert_file",
            "",
            "Certificate that is shown to NATS servers with tls:// (PEM), relative to base.data_dir; empty: what the mixer"
                    + " issued, if anything.");

    static final ConfigKey TLS_KEY_FILE = ConfigKey.text(
            "tls_key_file", "", "Key of tls_cert_file (PKCS#8), relative to base.data_dir; for this user only.");

    private static final ConfigKey SNAKE = ConfigKey.section(
            "snake",
            "Wires between racks and to the mixer, over NATS with JetStream. Unused by 'fluxrig run' without such wires.",
            ConfigKey.text(
                    "url",
                    "",
                    "NATS servers, nats://host:port or tls://host:port, several with commas; needed by 'fluxrig rack', and"
                            + " once a wire leaves this rack or reaches it."),
            ConfigKey.text(
                    "creds_file",
                    "",
                    "File with this rack's NATS credentials, relative to base.data_dir; empty: none."),
            TLS_CA_FILE,
            TLS_CERT_FILE,
            TLS_KEY_FILE,
            ConfigKey.text(
                    "join_file",
                    "join.pem",
                    "Copy of the mixer's authority/join.pem, relative to base.data_dir: with it 'fluxrig rack' says hello over"
                            + " tls://. Not needed once the rack is admitted."),
            ConfigKey.text(
                    "key_file",
                    "snake.key",
                    "Key that seals messages between racks, 32 bytes, relative to base.data_dir; the same on every rack,"
                            + " never made by itself. Without it a rack takes the one from its mixer."),
            ConfigKey.text(
                    "authority",
                    "",
                    "Public key of the mixer that 'fluxrig rack' obeys, as its log shows it; empty: of the first one that"
                            + " admits this rack, which is kept."),
            ConfigKey.duration("heartbeat", "5s", "How often 'fluxrig rack' tells the mixer that it is there.")
                    .within(100 * MS, HOUR),
            ConfigKey.duration(
                            "peer_heartbeat",
                            "1s",
                            "How often this rack tells those with wires to it that it can serve; after three that do not come"
                                    + " they take it for down.")
                    .within(100 * MS, 60_000 * MS),
            ConfigKey.duration(
                            "probe_wait",
                            "3s",
                            "How long a rack waits at its start for the racks that its wires lead to; then it starts without"
                                    + " them and says so.")
                    .within(0, 60_000 * MS),
            ConfigKey.number(
                    "replicas",
                    0L,
                    0,
                    5,
                    "Copies of the stream in a NATS cluster; 0: three, once the cluster has three servers. Never made fewer."),
            ConfigKey.size(
                    "stream_bytes",
                    "1GiB",
                    MIB,
                    1024 * GIB,
                    "The most that the stream holds, if this rack makes it; beyond, senders are held back."),
            ConfigKey.number(
                    "in_flight",
                    1024L,
                    16,
                    4096,
                    "Messages of one wire that are under way at a time at either end, a power of two."),
            ConfigKey.duration(
                            "ack_wait", "5s", "A message that the stream has not acknowledged by then is sent again.")
                    .within(100 * MS, HOUR),
            ConfigKey.duration(
                            "confirm_wait",
                            "30s",
                            "With confirm: receiver, how long until the stream is asked whether it has a message still; of the oldest"
                                    + " one it is asked after 1 s.")
                    .within(100 * MS, HOUR),
            ConfigKey.duration(
                            "full_wait",
                            "5s",
                            "With confirm: broker, how long nothing may get away before senders are refused.")
                    .within(0, HOUR));

    private static final ConfigKey TELEMETRY = ConfigKey.section(
            "telemetry",
            "HTTP for operators: /metrics (Prometheus), /health, /status. No TLS and no login: keep it on loopback.",
            ConfigKey.flag("enabled", true, "Serve it. FLUXRIG_DISABLE_TELEMETRY=1 overrides this with false."),
            ConfigKey.text("bind", "127.0.0.1:8090", "Address to listen on.").as(ConfigKey.Type.ADDRESS));

    /** The sections, in the order of the file. */
    public static final List<ConfigKey> SECTIONS =
            List.of(BASE, logging("logs/rack.log"), RACK, STORE, SNAKE, TELEMETRY);

    /** The keys of {@code rack.toml}. */
    public static final NodeFileKeys FILE = new NodeFileKeys("rack", SECTIONS);

    private NodeKeys() {}

    /** Keys of logs, the same for every node but for the file. */
    static ConfigKey logging(String file) {
        return ConfigKey.section(
                "logging",
                "Logs: structured lines in a rotated file, readable ones on the console. Card data is masked in both.",
                ConfigKey.choice(
                        "level",
                        "info",
                        "Least level written. FLUXRIG_DEBUG=1 and FLUXRIG_TRACE=1 override it.",
                        "error",
                        "warn",
                        "info",
                        "debug",
                        "trace"),
                ConfigKey.choice("console", "text", "What goes to standard error.", "text", "json", "off"),
                ConfigKey.path("file", file, "Log file, relative to base.data_dir; empty for none."),
                ConfigKey.size("file_size", "64MiB", MIB, 4 * GIB, "A log file larger than this is rotated."),
                ConfigKey.number("file_days", 14L, 1, 3650, "Rotated files are kept this many days."),
                ConfigKey.size("total_size", "1GiB", MIB, 1024 * GIB, "All log files together; the oldest go first."),
                ConfigKey.number(
                        "queue",
                        8192L,
                        256,
                        1 << 20,
                        "Lines waiting to be written; lines beyond are counted and dropped."));
    }
}
