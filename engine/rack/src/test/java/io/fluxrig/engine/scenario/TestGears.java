package io.fluxrig.engine.scenario;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gear types for tests of the loader: one of each kind of key and port. */
final class TestGears {

    private TestGears() {}

    static GearCatalog catalog() {
        return GearCatalog.of(List.of(new Socket(), new Pipe(), new Switch()));
    }

    private abstract static class Described implements GearFactory {
        private final GearManifest manifest;

        Described(GearManifest manifest) {
            this.manifest = manifest;
        }

        @Override
        public GearManifest manifest() {
            return manifest;
        }

        @Override
        public Gear create(GearContext context) {
            return (inPort, message) -> 0;
        }
    }

    static final class Socket extends Described {
        Socket() {
            super(new GearManifest(
                    "io_test",
                    "A socket.",
                    List.of(new Port("in", "to the socket")),
                    List.of(new Port("out", "from the socket")),
                    List.of(
                            ConfigKey.choice("mode", null, "Which side connects.", "server", "client")
                                    .mandatory(),
                            ConfigKey.address("bind", "Where to listen."),
                            ConfigKey.number("connections", 1L, 1, 64, "How many."),
                            ConfigKey.duration("idle_timeout", "30s", "Close after."),
                            ConfigKey.size("frame_max", "8KiB", 16, 65_536, "Longest frame."),
                            ConfigKey.flag("tls_only", false, "Refuse clear text."),
                            ConfigKey.texts("allow", "Networks."),
                            ConfigKey.section(
                                    "tls",
                                    "Encryption.",
                                    ConfigKey.flag("enabled", false, "Use it."),
                                    ConfigKey.path("cert_file", null, "Certificate.")
                                            .mandatory()))));
        }
    }

    static final class Pipe extends Described {
        Pipe() {
            super(new GearManifest(
                    "pipe",
                    "Passes on.",
                    List.of(new Port("in", "takes")),
                    List.of(new Port("out", "gives"), new Port("error", "what failed")),
                    List.of(ConfigKey.text("spec_path", null, "The dialect."))));
        }
    }

    static final class Switch extends Described {
        Switch() {
            super(new GearManifest(
                    "switch",
                    "Chooses.",
                    List.of(new Port("in", "requests"), new Port("in_reply", "answers")),
                    List.of(new Port("out_*", "destinations"), new Port("error", "what failed")),
                    List.of(
                            ConfigKey.sections(
                                    "routes",
                                    "Where to.",
                                    ConfigKey.text("to", null, "Port.").mandatory(),
                                    ConfigKey.number("weight", 1L, 1, 100, "Share.")),
                            ConfigKey.tree("rules", "Anything."))));
        }

        @Override
        public void check(GearConfig config, ConfigFaults faults) {
            List<GearConfig> routes = config.sections("routes");
            for (int i = 0; i < routes.size(); i++) {
                if (!routes.get(i).text("to").startsWith("out_")) {
                    faults.error("routes[" + i + "].to", "is no destination", "begin with out_");
                }
            }
        }

        @Override
        public Set<String> outputsUsed(GearConfig config) {
            Set<String> ports = new LinkedHashSet<>();
            config.sections("routes").forEach(route -> ports.add(route.text("to")));
            return ports;
        }
    }
}
