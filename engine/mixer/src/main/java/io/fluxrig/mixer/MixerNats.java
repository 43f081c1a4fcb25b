package io.fluxrig.mixer;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.rack.node.NodeTls;
import io.fluxrig.mixer.authority.Authority;
import io.fluxrig.mixer.authority.MixerCertificate;
import io.fluxrig.mixer.bus.NatsServer;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.bus.ServerSettings;
import io.fluxrig.mixer.bus.ServerTls;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.enrol.Logins;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The NATS that a mixer uses: one that is there, or a nats-server of its own, which knows the logins of the racks that are admitted. */
final class MixerNats implements Logins, MixerTls.Door, AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long NS_PER_MS = 1_000_000;
    private static final int STORE_KEY_LENGTH = 32;

    /** What it means for a mixer that there is no connection. */
    private static final String WITHOUT =
            "racks run on as they are; nothing reaches them, and nothing is heard of them";

    /** Null where NATS is there already. */
    private final NatsServer server;

    private final ControlBus bus;
    private final String shown;
    private final boolean keep;

    private MixerNats(NatsServer server, ControlBus bus, String shown, boolean keep) {
        this.server = server;
        this.bus = bus;
        this.shown = shown;
        this.keep = keep;
    }

    /** As the configuration has it; nothing runs yet. */
    static MixerNats of(NodeConfig config, Authority authority, MixerCertificate certificate) throws PassportException {
        String url = config.text(MixerKeys.SNAKE_URL);
        if (!url.isBlank()) {
            String credentials = config.text(MixerKeys.SNAKE_CREDS_FILE);
            Path file = credentials.isEmpty() ? null : config.dataPath(MixerKeys.SNAKE_CREDS_FILE);
            List<String> urls =
                    Arrays.stream(url.split(",", -1)).map(String::strip).toList();
            ControlBus bus = new ControlBus(
                    new BusSettings(urls, "fluxrig mixer", RackLine.INBOX, file, null, NodeTls.of(config), true),
                    WITHOUT);
            return new MixerNats(null, bus, "snake.url", false);
        }
        Path data = Path.of(config.text(NodeKeys.BASE_DATA_DIR)).toAbsolutePath();
        NodeKey login = NodeKey.open(data.resolve("login.key"));
        Address bind = Address.parse(config.text(MixerKeys.SNAKE_BIND)).orElseThrow();
        boolean tls = MixerTls.onNats(config);
        ServerSettings settings = new ServerSettings(
                program(config),
                data.resolve("nats"),
                bind,
                login.publicKey(),
                storeKey(data.resolve("nats.key")),
                tls ? new ServerTls(certificate.files(), joiner(config, authority)) : null);
        BusSettings own = new BusSettings(
                List.of(settings.url()),
                "fluxrig mixer",
                RackLine.INBOX,
                null,
                of(login),
                tls ? certificate.files() : null,
                true);
        return new MixerNats(
                new NatsServer(settings),
                new ControlBus(own, WITHOUT),
                settings.url(),
                config.flag(MixerKeys.SNAKE_KEEP_SERVER));
    }

    /**
     * Starts the server, if it is this mixer's own, with the logins of the racks that are admitted.
     *
     * @param rights what a rack may do on the wires between racks
     */
    void start(Registry registry, Function<String, WireRights> rights) throws PassportException {
        if (server != null) {
            Map<String, byte[]> logins = new TreeMap<>();
            Map<String, WireRights> allowed = new TreeMap<>();
            for (RackEntry rack : registry.allRacks()) {
                if (!rack.standing().equals(Standing.PENDING)) {
                    logins.put(rack.name(), rack.login());
                    allowed.put(rack.name(), rights.apply(rack.name()));
                }
            }
            server.start(logins, allowed);
        }
    }

    ControlBus bus() {
        return bus;
    }

    /** Where it is, for people. */
    String shown() {
        return shown;
    }

    @Override
    public void joinedBy(String joiner) {
        if (server != null) {
            server.joinedBy(joiner);
        }
    }

    @Override
    public void certificateRenewed() {
        if (server != null) {
            server.certificateRenewed();
        }
    }

    @Override
    public boolean tls() {
        return server != null && shown.startsWith("tls://");
    }

    long restarts() {
        return server == null ? 0 : server.restarts();
    }

    long unapplied() {
        return server == null ? 0 : server.unapplied();
    }

    /** The server may end from now on. */
    void expectEnd() {
        if (server != null) {
            server.expectEnd();
        }
    }

    @Override
    public boolean managed() {
        return server != null;
    }

    @Override
    public boolean isMixers(byte[] login) {
        return server != null && server.isMixers(login);
    }

    @Override
    public void admit(String rack, byte[] login) {
        if (server != null) {
            server.admit(rack, login);
        }
    }

    @Override
    public void expel(String rack) {
        if (server != null) {
            server.expel(rack);
        }
    }

    @Override
    public boolean isLetInStill(String rack) {
        return server != null && server.isLetInStill(rack);
    }

    @Override
    public void admitOnly(Map<String, byte[]> admitted) {
        if (server != null) {
            server.admitOnly(admitted);
        }
    }

    @Override
    public boolean allow(Map<String, WireRights> rights, boolean soon) {
        return server == null || server.allow(rights, soon);
    }

    @Override
    public boolean isLeftOut(String rack) {
        return server != null && server.isLeftOut(rack);
    }

    @Override
    public boolean endWithMixer() {
        return server != null && !keep;
    }

    @Override
    public void close() {
        if (server != null && keep) {
            server.leave();
        } else if (server != null) {
            server.close();
        }
    }

    private static String joiner(NodeConfig config, Authority authority) throws PassportException {
        return authority.join(config.durationNs(MixerKeys.ENROLLMENT_JOIN_LIFE) / NS_PER_MS);
    }

    private static Path program(NodeConfig config) throws PassportException {
        String named = config.text(MixerKeys.SNAKE_SERVER);
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        return NatsServer.find(System.getenv().getOrDefault("PATH", ""))
                .orElseThrow(
                        () -> new PassportException("found no nats-server: install it (apt-get install nats-server),"
                                + " name it in snake.server, or name a NATS that is there in snake.url"));
    }

    private static String storeKey(Path file) throws PassportException {
        byte[] kept = OwnFile.read(file);
        if (kept != null) {
            return new String(kept, StandardCharsets.US_ASCII).strip();
        }
        byte[] made = new byte[STORE_KEY_LENGTH];
        RANDOM.nextBytes(made);
        String text = HexFormat.of().formatHex(made);
        OwnFile.write(file, (text + "\n").getBytes(StandardCharsets.US_ASCII));
        return text;
    }

    private static BusLogin of(NodeKey login) {
        return new BusLogin() {
            @Override
            public boolean mandatory() {
                return true;
            }

            @Override
            public byte[] publicKey() {
                return login.publicKey();
            }

            @Override
            public byte[] sign(byte[] nonce) {
                return login.sign(nonce);
            }
        };
    }
}
