package io.fluxrig.engine.simulation;

import io.fluxrig.engine.gears.codec.CodecGearFactory;
import io.fluxrig.engine.gears.conductor.ConductorFactory;
import io.fluxrig.engine.gears.responder.ResponderFactory;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.GearDecl;
import io.fluxrig.engine.scenario.Scenario;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.scenario.WireDecl;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The simulated scenario in its variants, each loaded and checked once as a rack would. */
final class Scenarios {
    /** Configuration has its influence on what goes wrong: roomy, crowded, forgetful, nervous, and the first two with a disk. */
    enum Variant {
        ROOMY(Map.of("MAX_IN_FLIGHT", "512", "RETAIN", "500ms", "RETAIN_MAX", "512", "TRIP_AFTER", "5")),
        CROWDED(Map.of("MAX_IN_FLIGHT", "6", "RETAIN", "500ms", "RETAIN_MAX", "64", "TRIP_AFTER", "5")),
        FORGETFUL(Map.of("MAX_IN_FLIGHT", "64", "RETAIN", "0s", "RETAIN_MAX", "64", "TRIP_AFTER", "5")),
        NERVOUS(Map.of("MAX_IN_FLIGHT", "64", "RETAIN", "300ms", "RETAIN_MAX", "3", "TRIP_AFTER", "1")),
        DURABLE(Map.of("MAX_IN_FLIGHT", "512", "RETAIN", "500ms", "RETAIN_MAX", "512", "TRIP_AFTER", "5")),
        DURABLE_CROWDED(Map.of("MAX_IN_FLIGHT", "6", "RETAIN", "500ms", "RETAIN_MAX", "64", "TRIP_AFTER", "5"));

        final Map<String, String> values;

        Variant(Map<String, String> values) {
            this.values = values;
        }

        /** The variant that a reload may change this one for: it promises retransmissions the same. */
        Variant other() {
            return switch (this) {
                case ROOMY -> CROWDED;
                case CROWDED -> ROOMY;
                case FORGETFUL -> NERVOUS;
                case NERVOUS -> FORGETFUL;
                case DURABLE -> DURABLE_CROWDED;
                case DURABLE_CROWDED -> DURABLE;
            };
        }

        /** Whether tickets are kept on a disk. */
        boolean durable() {
            return this == DURABLE || this == DURABLE_CROWDED;
        }

        private String value(String name) {
            return name.equals("STORE") ? durable() ? "local_durable" : "memory" : values.get(name);
        }

        /** Whether it does the same with other gears and wires, so that a reload takes some out and brings some in. */
        boolean otherGears() {
            return this == CROWDED || this == NERVOUS || this == DURABLE_CROWDED;
        }

        /** How long an outcome is sure to be kept. */
        long retainNs() {
            return this == FORGETFUL || this == NERVOUS ? 0 : 500_000_000L;
        }
    }

    record Loaded(Scenario scenario, StripPlan plan) {

        int gear(String name) {
            for (int i = 0; i < plan.gears().size(); i++) {
                if (plan.gears().get(i).name().equals(name)) {
                    return i;
                }
            }
            throw new IllegalArgumentException(name);
        }
    }

    private final SimIoFactory sockets = new SimIoFactory();
    private final List<Loaded> loaded = new ArrayList<>();

    Scenarios() {
        for (Variant variant : Variant.values()) {
            loaded.add(load(variant));
        }
    }

    SimIoFactory sockets() {
        return sockets;
    }

    Loaded of(Variant variant) {
        return loaded.get(variant.ordinal());
    }

    private Loaded load(Variant variant) {
        GearCatalog catalog = GearCatalog.of(
                List.of(sockets, new CodecGearFactory(), new ConductorFactory(), new ResponderFactory()));
        String bins = resource("bins.csv").toString();
        ScenarioLoader loader = new ScenarioLoader(catalog, name -> name.equals("BINS") ? bins : variant.value(name));
        Path inConfig = Path.of("..", "..", "config", "simulation.yaml");
        String yaml = text("simulation.yaml");
        ScenarioLoad load = loader.load(
                inConfig, (variant.otherGears() ? withOtherGears(yaml) : yaml).getBytes(StandardCharsets.UTF_8));
        if (!load.ok()) {
            throw new AssertionError(load.faults().toString());
        }
        return new Loaded(load.scenario(), plan(load.scenario()));
    }

    private static StripPlan plan(Scenario scenario) {
        List<GearDecl> gears = scenario.gears();
        List<String> names = gears.stream().map(GearDecl::name).toList();
        List<WirePlan> wires = new ArrayList<>();
        for (WireDecl wire : scenario.wires()) {
            int to = names.indexOf(wire.to().gear());
            List<String> inputs = gears.get(to).manifest().inputs().stream()
                    .map(port -> port.name())
                    .toList();
            wires.add(new WirePlan(
                    names.indexOf(wire.from().gear()),
                    wire.from().port(),
                    to,
                    inputs.indexOf(wire.to().port())));
        }
        return new StripPlan(
                scenario.name(),
                gears.stream()
                        .map(gear ->
                                new GearPlan(gear.name(), gear.factory(), gear.config(), gear.fingerprint(), false))
                        .toList(),
                wires);
    }

    private static Path resource(String name) {
        try {
            return Path.of(Scenarios.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Two codecs under other names, and one more for declines, with the wires that lead there. */
    private static String withOtherGears(String yaml) {
        String declines = "{ from: declines.out, to: encode_terminals.in }";
        if (!yaml.contains(declines)) {
            throw new AssertionError("simulation.yaml has no wire " + declines);
        }
        String encoder = yaml.lines()
                .filter(line -> line.startsWith("  - { name: encode_terminals, "))
                .findFirst()
                .orElseThrow();
        return yaml.replace(encoder, encoder + "\n" + encoder.replace("encode_terminals", "encode_declines"))
                .replace(
                        declines,
                        "{ from: declines.out, to: encode_declines.in }\n"
                                + "  - { from: encode_declines.out, to: terminals.in }")
                .replace("encode_a1", "encode_a1_next")
                .replace("decode_b", "decode_b_next");
    }

    private static String text(String name) {
        try (InputStream in = Scenarios.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
