package io.fluxrig.engine.agent;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfig.Setting;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.config.NodeFolders;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.control.RunNumber;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.passport.JoinFile;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Passport;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.PassportFile;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.engine.rack.node.NodeExit;
import io.fluxrig.engine.rack.node.NodeHold;
import io.fluxrig.engine.rack.node.NodeTls;
import io.fluxrig.engine.rack.process.RackHost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the process of a rack that a mixer leads, {@code fluxrig rack}: its files, its identity, its agent, its exit code. Knows
 * no command line; who calls {@link #run} wires SIGTERM to {@link #stop}.
 */
public final class AgentProcess {
    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);

    private final AgentOptions options;
    private volatile boolean stopAsked;
    private volatile long drainTimeoutNs;
    /** Null before it is made. */
    private volatile Agent agent;

    public AgentProcess(AgentOptions options) {
        this.options = options;
    }

    /** Asks {@link #run} to drain and return; any thread, any number of times, also before it runs. */
    public void stop() {
        stopAsked = true;
        Agent running = agent;
        if (running != null) {
            running.stop();
        }
    }

    /** How long its drain may take, {@code rack.drain_timeout}; 0 before its file is read, since nothing is in flight. Any thread. */
    public long drainTimeoutNs() {
        return drainTimeoutNs;
    }

    /** Is asked to read its scenario again; does not, since the mixer sends it, and says so in the log. Any thread. */
    public void reload() {
        LOG.warn("asked to reload (SIGHUP), and nothing was read: a mixer leads this rack, so change what it runs with"
                + " 'fluxrig scenario activate'; the node's own file is read at start only");
    }

    /** Runs until {@link #stop}; the exit code. Blocks. */
    public int run() {
        NodeConfigLoad node = NodeConfigLoader.load(options.nodeFile(), options.environment(), options.flags());
        node.faults().forEach(fault -> options.err().println(fault));
        if (!node.ok()) {
            return NodeExit.BAD_CONFIG;
        }
        NodeConfig config = node.config();
        drainTimeoutNs = config.durationNs(NodeKeys.RACK_DRAIN_TIMEOUT);
        Faults faults = new Faults();
        check(config, faults);
        NodeTls.check(config, faults);
        NodeFolders.check(config, false, Severity.ERROR, faults);
        faults.all().forEach(fault -> options.err().println(fault));
        if (faults.hasErrors()) {
            return NodeExit.BAD_CONFIG;
        }
        return new NodeHold(config, options.err()).holding(log -> withLog(config, log));
    }

    private static void check(NodeConfig config, Faults faults) {
        if (config.text(NodeKeys.RACK_NAME).isEmpty()) {
            missing(config, NodeKeys.RACK_NAME, "a rack that a mixer leads has a name", "--set rack.name=NAME", faults);
        }
        if (config.text(NodeKeys.SNAKE_URL).isBlank()) {
            missing(
                    config,
                    NodeKeys.SNAKE_URL,
                    "a rack that a mixer leads reaches it over NATS",
                    "--set snake.url=nats://HOST:4222, as the mixer's first line says; 'fluxrig run SCENARIO' runs without"
                            + " a mixer",
                    faults);
        }
        for (String url : urls(config)) {
            if (!url.isEmpty() && !url.matches("(nats|tls)://[^\\s/]+")) {
                missing(
                        config,
                        NodeKeys.SNAKE_URL,
                        "one of its addresses is none of a NATS server",
                        "write nats://host:port or tls://host:port, several with commas between them",
                        faults);
            }
        }
        String authority = config.text(NodeKeys.SNAKE_AUTHORITY);
        if (!authority.isEmpty() && PublicKeys.parse(authority) == null) {
            missing(
                    config,
                    NodeKeys.SNAKE_AUTHORITY,
                    "it is no public key",
                    "write the 64 hex digits that the mixer's first lines show",
                    faults);
        }
    }

    private static void missing(NodeConfig config, String key, String what, String fix, Faults faults) {
        Setting setting = config.setting(key);
        faults.add(new Fault(Severity.ERROR, setting.place(), key, what, fix));
    }

    private static List<String> urls(NodeConfig config) {
        return Arrays.stream(config.text(NodeKeys.SNAKE_URL).split(",", -1))
                .map(String::strip)
                .toList();
    }

    private int withLog(NodeConfig config, RackLog log) {
        Path data = Path.of(config.text(NodeKeys.BASE_DATA_DIR));
        LOG.info(
                "node file: {}",
                options.nodeFile() == null ? "none (no config/rack.toml in this folder)" : options.nodeFile());
        try (RackHost host = RackHost.of(config)) {
            return work(config, log, data, host);
        } catch (PassportException unusable) {
            LOG.error(RackLog.FILE_ONLY, "{}", unusable.getMessage());
            options.err().println("fluxrig: this rack's identity is refused: " + unusable.getMessage());
            return NodeExit.FAILED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return NodeExit.FAILED;
        }
    }

    private int work(NodeConfig config, RackLog log, Path data, RackHost host)
            throws PassportException, InterruptedException {
        Clock clock = Clock.systemUTC();
        Identity identity = new Identity(
                config.text(NodeKeys.RACK_NAME),
                NodeKey.open(data.resolve("node.key")),
                NodeKey.open(data.resolve("login.key")),
                new RackTls(config, data, clock),
                RunNumber.next(clock, new SecureRandom()));
        PassportFile passports = new PassportFile(data, clock);
        byte[] authority = authority(config, passports, identity.tls().join());
        Passport passport = passports.read(identity.name(), identity.key().publicKey());
        AgentMemory kept = AgentMemory.read(AgentMemory.file(data));
        AgentMemory memory = kept.of(passport != null, passports.authority() != null);
        KeysTaker keys = new KeysTaker(identity.name(), host.keys());
        PassportWatch watch = new PassportWatch(clock);
        GearsRun gears = new GearsRun(options, config, identity.name(), host, log, watch, () -> stopAsked);
        Agent made = new Agent(
                identity,
                passports,
                keys,
                passport,
                watch,
                config,
                log,
                agent -> new AgentWork(agent, identity, options.version(), gears, data, memory),
                clock,
                System::nanoTime,
                options.out());
        agent = made;
        host.mixer(made.mixer());
        if (stopAsked) {
            return NodeExit.DONE;
        }
        String credentials = config.text(NodeKeys.SNAKE_CREDS_FILE);
        Path file = credentials.isEmpty() ? null : config.dataPath(NodeKeys.SNAKE_CREDS_FILE);
        boolean whole = made.run(events -> new MixerLink(
                identity,
                keys,
                urls(config),
                file,
                new MixerGate(authority, memory.epoch(), memory.mixerMs(), clock),
                options.version(),
                host(),
                clock,
                events));
        return whole ? NodeExit.DONE : NodeExit.FAILED;
    }

    /**
     * The mixer's key: as it is kept, as it is configured, as the join file has it, or null.
     *
     * @param join null for none
     */
    private static byte[] authority(NodeConfig config, PassportFile passports, JoinFile join) throws PassportException {
        byte[] kept = passports.authority();
        byte[] configured = PublicKeys.parse(config.text(NodeKeys.SNAKE_AUTHORITY));
        if (kept != null && configured != null && !Arrays.equals(kept, configured)) {
            throw new PassportException(
                    "snake.authority is the key of another mixer (" + PublicKeys.fingerprint(configured)
                            + ") than the one that admitted this rack (" + PublicKeys.fingerprint(kept)
                            + "); if the mixer really is another one now, remove authority.pub and passport.cbor");
        }
        byte[] told = configured == null && join != null ? join.authority() : configured;
        return kept == null ? told : kept;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }
}
