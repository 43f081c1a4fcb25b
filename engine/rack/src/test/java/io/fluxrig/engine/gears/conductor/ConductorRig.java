package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.GearDecl;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.strip.SimStrips;
import io.fluxrig.engine.strip.StripSettings;
import io.fluxrig.engine.strip.TestGears;
import io.fluxrig.engine.strip.WireJournals;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.entry.EntryEnds;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One conductor between ends that remember what they were handed and say what the test wants them to say. */
final class ConductorRig {
    private static final Spec ASCII = spec("v87-ascii.yaml");
    private static final Spec BCD = spec("scheme-b-bcd.yaml");

    /** What an end was handed. */
    record Seen(
            int mti,
            Map<Integer, String> fields,
            long connId,
            String header,
            String reason,
            String origin,
            long id,
            long refId) {}

    private static final List<String> OUTPUTS = List.of(
            "out_a",
            "out_b",
            "out_c",
            "out_inside",
            "out_response",
            "out_response_east",
            "error",
            "error_north",
            "out_west");
    /** Ends that stand for I/O gears; what lies behind the others has no connections. */
    private static final List<String> LINES = List.of("out_a", "out_b", "out_c");

    /** What lies behind the end that stands for a wire to another rack's conductor, of that origin. */
    private static final String PEER = "west";

    private static final StripPlan.Carriage TO_PEER =
            new StripPlan.Carriage("out_west.out->west.switch.in", "flux.msg.west.switch.in", false, SyncMode.OS);

    private final Map<String, Deque<Integer>> outcomes = new HashMap<>();
    private final Map<String, List<Seen>> seen = new HashMap<>();
    private final Map<String, Consumer<FluxMsg>> reactions = new HashMap<>();
    private final Map<String, LinkReport> reports = new HashMap<>();
    private final IsoPayload payload = new IsoPayload();
    private final IsoCodec ascii = new IsoCodec(ASCII.wire());
    private final FluxMsg message = new FluxMsg();
    private final SimStrips strips;
    private final LinkReport peer;
    /** Null where no wire of another rack leads here. */
    private final WireRings replies;

    /** @param config the conductor's, as YAML in one line's braces */
    ConductorRig(String config) {
        this(config, 1);
    }

    ConductorRig(String config, int stripCount) {
        this(config, stripCount, new VirtualClock(), null);
    }

    /** @param tickets where the conductor keeps its tickets; null where they are in memory */
    ConductorRig(String config, int stripCount, VirtualClock clock, EntryEnds tickets) {
        this(config, stripCount, clock, tickets, null);
    }

    /** Of one strip, with a wire from another rack into {@code in_reply}: see {@link #answerFromAfar}. */
    static ConductorRig withFarReplies(String config) {
        return new ConductorRig(config, 1, new VirtualClock(), null, new WireRings(1, 1 << 16));
    }

    private ConductorRig(String config, int stripCount, VirtualClock clock, EntryEnds tickets, WireRings replies) {
        this.replies = replies;
        StringBuilder yaml = new StringBuilder("meta: { name: rig, version: 1.0.0 }\ngears:\n");
        yaml.append("  - { name: switch, type: conductor, config: ")
                .append(config)
                .append(" }\n");
        OUTPUTS.forEach(port -> yaml.append("  - { name: ")
                .append(port)
                .append(", type: end")
                .append(LINES.contains(port) ? ", config: { connect: '10.0.0.1:9101' } }\n" : " }\n"));
        yaml.append("wires:\n");
        OUTPUTS.forEach(port -> yaml.append("  - { from: switch.")
                .append(port)
                .append(", to: ")
                .append(port)
                .append(".in }\n"));
        GearCatalog catalog = GearCatalog.of(List.of(new ConductorFactory(), new EndFactory()));
        ScenarioLoad load = new ScenarioLoader(catalog, name -> null)
                .load(Path.of("rig.yaml"), yaml.toString().getBytes(StandardCharsets.UTF_8));
        if (!load.ok()) {
            throw new AssertionError(load.faults().toString());
        }
        List<StripPlan.GearPlan> gears = new ArrayList<>();
        List<StripPlan.WirePlan> wires = new ArrayList<>();
        for (GearDecl gear : load.scenario().gears()) {
            gears.add(new StripPlan.GearPlan(gear.name(), gear.factory(), gear.config()));
        }
        for (int i = 0; i < OUTPUTS.size(); i++) {
            wires.add(new StripPlan.WirePlan(0, OUTPUTS.get(i), i + 1, 0));
        }
        strips = new SimStrips(
                new StripPlan(
                        "rig", gears, wires, List.of(toPeer()), replies == null ? List.of() : List.of(FarReplies.END)),
                new StripSettings(stripCount, 1 << 16, 64, 1 << 16, 5_000_000, 1 << 12, 64, 1 << 20, 0),
                TestGears.specs(ASCII, BCD),
                1,
                clock,
                new WireJournals(
                        List.of(),
                        List.of(new WireRings(stripCount, 1 << 16)),
                        replies == null ? List.of() : List.of(replies),
                        "rig/1",
                        tickets == null ? Map.of() : Map.of("switch", tickets)));
        peer = strips.bank().farEnd(TO_PEER.subject());
        strips.start();
    }

    private static StripPlan.Leaving toPeer() {
        return new StripPlan.Leaving(1 + OUTPUTS.indexOf("out_west"), "out", TO_PEER, Set.of(PEER));
    }

    /** So many racks say from now on that they can serve the peer behind {@code out_west}; none at first. */
    void peerServes(int racks) {
        peer.up(racks);
    }

    /** What the end of that port says to the next messages, in order; after that it accepts. */
    ConductorRig says(String port, int... next) {
        for (int outcome : next) {
            outcomes.computeIfAbsent(port, unused -> new ArrayDeque<>()).add(outcome);
        }
        return this;
    }

    /** What the end of that port does with each message. */
    ConductorRig does(String port, Consumer<FluxMsg> reaction) {
        reactions.put(port, reaction);
        return this;
    }

    List<Seen> at(String port) {
        return seen.computeIfAbsent(port, unused -> new ArrayList<>());
    }

    Seen lastAt(String port) {
        List<Seen> all = at(port);
        return all.get(all.size() - 1);
    }

    /** Hands the conductor a request in the terminals' dialect. */
    int request(long connId, String header, Map<Integer, String> fields) {
        return requestOn(0, connId, header, 100, fields);
    }

    /** The same from another conductor. */
    int requestThrough(String conductor, long connId, Map<Integer, String> fields) {
        message.clear();
        message.meta().set(MetaKey.CONN_ID, connId);
        message.meta().set(MetaKey.CONDUCTOR_ORIGIN, conductor);
        return hand(0, ConductorFactory.IN_PORT, 100, fields);
    }

    /** The same from a connection of another rack. */
    int requestFromRack(String rack, long connId, Map<Integer, String> fields) {
        message.clear();
        message.meta().set(MetaKey.CONN_ID, connId);
        message.meta().set(MetaKey.CONN_RACK, rack);
        return hand(0, ConductorFactory.IN_PORT, 100, fields);
    }

    int requestOn(int strip, long connId, String header, int mti, Map<Integer, String> fields) {
        message.clear();
        message.id(1000 + connId);
        message.meta().set(MetaKey.CONN_ID, connId);
        message.meta().set(MetaKey.FLUXRIG_SOURCE, "terminals");
        if (!header.isEmpty()) {
            byte[] bytes = header.getBytes(StandardCharsets.US_ASCII);
            message.meta().setBytes(MetaKey.ISO_RAW_HEADER, bytes, 0, bytes.length);
        }
        return hand(strip, ConductorFactory.IN_PORT, mti, fields);
    }

    /** Hands the conductor an answer. */
    int answer(int mti, Map<Integer, String> fields) {
        return answerOn(0, mti, fields);
    }

    int answerOn(int strip, int mti, Map<Integer, String> fields) {
        return answer(strip, null, mti, fields);
    }

    /** Hands the conductor an answer that the line behind that destination received. */
    int answerFrom(String line, int mti, Map<Integer, String> fields) {
        return answer(0, line, mti, fields);
    }

    /** Hands the conductor an answer that a line of another rack received. */
    int answerFromRack(String rack, int mti, Map<Integer, String> fields) {
        message.clear();
        message.id(77);
        message.meta().set(MetaKey.CONN_ID, 99);
        message.meta().set(MetaKey.CONN_RACK, rack);
        return hand(0, ConductorFactory.IN_REPLY_PORT, mti, fields);
    }

    /** Hands the conductor an answer over the wire from another rack, as fields of a version of the terminals' dialect. */
    void answerFromAfar(String specHash, int mti, Map<Integer, String> fields) {
        FarReplies.offer(replies, ASCII.id(), specHash, mti, fields);
        strips.bank().wake(0);
        strips.settle();
    }

    /** Hands the conductor an answer of which its decoder has said something. */
    int answerWith(Consumer<Meta> said, int mti, Map<Integer, String> fields) {
        message.clear();
        message.id(77);
        message.meta().set(MetaKey.CONN_ID, 99);
        said.accept(message.meta());
        return hand(0, ConductorFactory.IN_REPLY_PORT, mti, fields);
    }

    private int answer(int strip, String line, int mti, Map<Integer, String> fields) {
        message.clear();
        message.id(77);
        message.meta().set(MetaKey.FLUXRIG_SOURCE, line);
        message.meta().set(MetaKey.CONN_ID, 99);
        return hand(strip, ConductorFactory.IN_REPLY_PORT, mti, fields);
    }

    /** The message as it was handed in, to see what came of it. */
    FluxMsg message() {
        return message;
    }

    IsoMessage fields() {
        return payload.message();
    }

    /** As many connections are up on a line of the last strip from now on. */
    void links(String line, int up) {
        reports.get(line).up(up);
    }

    void advance(long millis) {
        strips.advance(millis * 1_000_000);
    }

    void drain() {
        strips.drain();
    }

    /** Tickets of the run before that came to that. */
    long restored(String as) {
        return counted("tickets_restored_total", "as", as);
    }

    /** What one of a family's samples says. */
    long counted(String family, String label, String value) {
        return Math.round(strips().metrics()
                .snapshot()
                .of(family)
                .filter(sample -> value.equals(sample.labels().get(label)))
                .mapToDouble(sample -> sample.value())
                .sum());
    }

    Conductor conductor(int strip) {
        return (Conductor) strips.strip(strip).gear(0);
    }

    SimStrips strips() {
        return strips;
    }

    private int hand(int strip, int port, int mti, Map<Integer, String> fields) {
        IsoMessage made = payload.message();
        made.clear();
        made.setMti(mti);
        fields.forEach(made::setAscii);
        byte[] bytes = new byte[2048];
        int length = ascii.encode(made, bytes, 0);
        if (length < 0 || ascii.decode(bytes, 0, length, made) < 0) {
            throw new AssertionError(ascii.error().toString());
        }
        payload.spec(ASCII);
        message.meta().set(MetaKey.CODEC_SPEC_HASH, ASCII.shortHash());
        message.raw(bytes, 0, length);
        message.payload(payload);
        int[] outcome = new int[1];
        strips.on(strip, on -> outcome[0] = on.inlet(0, port).emit(message));
        strips.settle();
        return outcome[0];
    }

    private static Spec spec(String name) {
        var load = SpecLoader.load(Path.of("..", "..", "config", "specs", name));
        if (load.spec() == null) {
            throw new AssertionError(load.faults().toString());
        }
        return load.spec();
    }

    private final class EndFactory implements GearFactory {
        @Override
        public GearManifest manifest() {
            return new GearManifest(
                    "end",
                    "Remembers.",
                    List.of(new Port("in", "anything")),
                    List.of(),
                    List.of(ConfigKey.address("connect", "Dials, says it.")));
        }

        @Override
        public Gear create(GearContext context) {
            if (LINES.contains(context.name())) {
                context.linkReport().up(1);
                reports.put(context.name(), context.linkReport());
            }
            return (port, handed) -> take(context.name(), handed);
        }
    }

    private int take(String port, FluxMsg handed) {
        Integer next = outcomes.getOrDefault(port, new ArrayDeque<>()).poll();
        int outcome = next == null ? Outcome.ACCEPTED : next;
        if (outcome == Outcome.ACCEPTED) {
            at(port).add(remember(handed));
        }
        if (reactions.containsKey(port)) {
            reactions.get(port).accept(handed);
        }
        return outcome;
    }

    private static Seen remember(FluxMsg handed) {
        IsoMessage iso = ((IsoPayload) handed.payload()).message();
        Map<Integer, String> fields = new HashMap<>();
        for (int field = iso.nextField(0); field > 0; field = iso.nextField(field)) {
            fields.put(field, iso.text(field));
        }
        byte[] header = new byte[64];
        int headerLength = handed.meta().bytes(MetaKey.ISO_RAW_HEADER, header, 0);
        return new Seen(
                iso.mti(),
                fields,
                handed.meta().number(MetaKey.CONN_ID, 0),
                headerLength < 0 ? "" : new String(Arrays.copyOf(header, headerLength), StandardCharsets.US_ASCII),
                handed.meta().text(MetaKey.ERROR_REASON),
                handed.meta().text(MetaKey.CONDUCTOR_ORIGIN),
                handed.id(),
                handed.refId());
    }
}
