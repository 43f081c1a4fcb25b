package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.iso.spec.Spec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Small gears and plans for the tests of this package. */
public final class TestGears {
    public static final SpecCatalog NO_SPECS = new SpecCatalog() {
        @Override
        public Spec bySpecPath(String specPath) {
            throw new IllegalArgumentException(specPath);
        }

        @Override
        public Spec byHash(String specHash) {
            return null;
        }
    };

    private TestGears() {}

    /** A catalog of some dialects; each path is that of the first. */
    public static SpecCatalog specs(Spec... specs) {
        return new SpecCatalog() {
            @Override
            public Spec bySpecPath(String specPath) {
                return specs[0];
            }

            @Override
            public Spec byHash(String specHash) {
                return find(spec -> spec.shortHash().equals(specHash));
            }

            @Override
            public Spec byId(String specId) {
                return find(spec -> spec.id().equals(specId));
            }

            private Spec find(Predicate<Spec> wanted) {
                return Stream.of(specs).filter(wanted).findFirst().orElse(null);
            }
        };
    }

    /** A gear with inputs {@code in}, {@code in_reply} and outputs {@code out}, {@code error}. */
    public static StripPlan.GearPlan gear(String name, Function<GearContext, Gear> maker) {
        return gear("test", name, maker);
    }

    /** The same of another type. */
    public static StripPlan.GearPlan gear(String type, String name, Function<GearContext, Gear> maker) {
        GearManifest manifest = new GearManifest(
                type,
                "A gear of a test",
                List.of(new GearManifest.Port("in", "in"), new GearManifest.Port("in_reply", "back")),
                List.of(new GearManifest.Port("out*", "out"), new GearManifest.Port("error", "error")),
                List.of());
        GearFactory factory = new GearFactory() {
            @Override
            public GearManifest manifest() {
                return manifest;
            }

            @Override
            public Gear create(GearContext context) {
                return maker.apply(context);
            }
        };
        return new StripPlan.GearPlan(name, factory, EMPTY);
    }

    /** The same with a key {@code bind}, which it has: a server. */
    public static StripPlan.GearPlan server(String name) {
        GearManifest manifest = new GearManifest(
                "server",
                "A server of a test",
                List.of(new GearManifest.Port("in", "in")),
                List.of(new GearManifest.Port("out", "out")),
                List.of(ConfigKey.address("bind", "Listens, says it.")));
        GearFactory factory = new GearFactory() {
            @Override
            public GearManifest manifest() {
                return manifest;
            }

            @Override
            public Gear create(GearContext context) {
                return (port, message) -> Outcome.ACCEPTED;
            }
        };
        return new StripPlan.GearPlan(name, factory, new Given("bind"));
    }

    public static StripPlan.WirePlan wire(int from, int to) {
        return new StripPlan.WirePlan(from, "out", to, 0);
    }

    public static StripPlan plan(List<StripPlan.GearPlan> gears, StripPlan.WirePlan... wires) {
        return new StripPlan("test", gears, List.of(wires));
    }

    public static StripSettings settings(int strips) {
        return new StripSettings(strips, 1 << 13, 64, 1 << 16, 5_000_000, 1 << 12, 64, 3, 0);
    }

    private static final GearConfig EMPTY = new Given("");

    /** A configuration that gives one key, without a value. */
    private record Given(String only) implements GearConfig {
        @Override
        public boolean has(String key) {
            return key.equals(only);
        }

        @Override
        public String text(String key) {
            return null;
        }

        @Override
        public long number(String key) {
            return 0;
        }

        @Override
        public boolean flag(String key) {
            return false;
        }

        @Override
        public long durationNs(String key) {
            return 0;
        }

        @Override
        public List<String> texts(String key) {
            return List.of();
        }

        @Override
        public GearConfig section(String key) {
            return this;
        }

        @Override
        public List<GearConfig> sections(String key) {
            return List.of();
        }

        @Override
        public Object tree(String key) {
            return null;
        }

        @Override
        public Path file(String key) {
            return null;
        }

        @Override
        public Spec spec(String key) {
            return null;
        }

        @Override
        public String where(String key) {
            return "test";
        }
    }
}
