package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.Content;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.engine.gear.LedgerTerms;
import io.fluxrig.engine.gear.WiredSpecs;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig;
import io.fluxrig.engine.gears.conductor.config.ConductorConfigReader;
import io.fluxrig.engine.gears.conductor.config.Keys;
import io.fluxrig.engine.gears.conductor.config.TableFiles;
import io.fluxrig.engine.gears.conductor.config.WiredNames;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Describes, checks and builds {@code conductor}: matches answers to requests and routes requests to destinations. */
public final class ConductorFactory implements GearFactory {
    static final int IN_PORT = 0;
    static final int IN_REPLY_PORT = 1;
    static final int IN_PEER_PORT = 2;
    static final String IN_PEER = "in_peer";
    static final String IN_REPLY_PEER = "in_reply_peer";

    /** For reading a configuration whose faults {@link #check} reports. */
    private static final ConfigFaults REPORTED_BEFORE = new ConfigFaults() {
        @Override
        public void error(String key, String what, String fix) {}

        @Override
        public void warning(String key, String what, String fix) {}
    };

    private static final GearManifest MANIFEST = new GearManifest(
            "conductor",
            "The switch: keeps a ticket for each request, picks a destination, matches the answer, and declines at the"
                    + " deadline.",
            List.of(
                    new Port("in", "requests, decoded"),
                    new Port("in_reply", "answers from destinations, decoded"),
                    new Port(IN_PEER, "requests from this gear's copy on another strip; not to be wired"),
                    new Port(IN_REPLY_PEER, "answers from this gear's copy on another strip; not to be wired")),
            List.of(
                    new Port("out_response_*", "answers to requests that came from that conductor or I/O gear"),
                    new Port("out_response", "answers to all other requests"),
                    new Port(
                            "error_*",
                            "the same of that conductor's requests: answers to them go to its in_reply; error where none is"
                                    + " wired"),
                    new Port("error", "requests without an outcome and answers without a request, with error.reason"),
                    new Port("out_*", "requests to a destination")),
            Keys.ALL);

    @Override
    public GearManifest manifest() {
        return MANIFEST;
    }

    @Override
    public void check(GearConfig config, ConfigFaults faults) {
        TableFiles.load(ConductorConfigReader.read(config, faults), faults);
    }

    @Override
    public Content takes(GearConfig config, String inputPort) {
        return Content.FIELDS;
    }

    @Override
    public void checkWired(GearConfig config, WiredSpecs specs, ConfigFaults faults) {
        new WiredNames(specs, faults).check(config);
    }

    @Override
    public Set<String> outputsUsed(GearConfig config) {
        Set<String> ports = new LinkedHashSet<>();
        ConductorConfigReader.read(config, REPORTED_BEFORE).routes().stream()
                .map(ConductorConfig.Route::destination)
                .filter(ConductorConfigReader::isGiven)
                .forEach(tree -> tree.eachPort(ports::add));
        return ports;
    }

    @Override
    public Set<Path> files(GearConfig config) {
        Set<Path> tables = new LinkedHashSet<>();
        for (ConductorConfig.Route route :
                ConductorConfigReader.read(config, REPORTED_BEFORE).routes()) {
            for (ConductorConfig.Condition condition : route.conditions()) {
                if (condition.table() != null) {
                    tables.add(condition.table());
                }
            }
        }
        return tables;
    }

    @Override
    public Set<String> answersAt(GearConfig config, String inputPort) {
        return inputPort.equals("in") ? Set.of(Origins.RESPONSE, Origins.RESPONSE + "_*") : Set.of();
    }

    @Override
    public String repliesAt(GearConfig config, String outputPort) {
        boolean destination = MANIFEST.output(outputPort) != null
                && MANIFEST.output(outputPort).name().equals("out_*");
        return destination ? "in_reply" : null;
    }

    @Override
    public String originOf(GearConfig config, String name) {
        String origin = ConductorConfigReader.read(config, REPORTED_BEFORE).origin();
        return origin.isEmpty() ? name : origin;
    }

    /** A destination's messages are worth nothing once the shortest deadline of its routes is past, requests once the longest is. */
    @Override
    public long worthNs(GearConfig config, String port) {
        LongStream.Builder timeouts = LongStream.builder();
        for (ConductorConfig.Route route :
                ConductorConfigReader.read(config, REPORTED_BEFORE).routes()) {
            Set<String> ports = new LinkedHashSet<>();
            if (ConductorConfigReader.isGiven(route.destination())) {
                route.destination().eachPort(ports::add);
            }
            if (port.equals("in") || ports.contains(port)) {
                timeouts.add(route.timeoutNs());
            }
        }
        return (port.equals("in") ? timeouts.build().max() : timeouts.build().min()).orElse(0);
    }

    @Override
    public LedgerTerms ledger(GearConfig config) {
        return ConductorConfigReader.read(config, REPORTED_BEFORE).ledger();
    }

    @Override
    public Gear create(GearContext context) {
        return new Conductor(context, context.shared(ConductorShared.class, () -> ConductorShared.of(context)));
    }
}
