package io.fluxrig.engine.gears.io;

import static io.fluxrig.engine.gear.ConfigKey.address;
import static io.fluxrig.engine.gear.ConfigKey.choice;
import static io.fluxrig.engine.gear.ConfigKey.code;
import static io.fluxrig.engine.gear.ConfigKey.flag;
import static io.fluxrig.engine.gear.ConfigKey.number;
import static io.fluxrig.engine.gear.ConfigKey.path;
import static io.fluxrig.engine.gear.ConfigKey.section;
import static io.fluxrig.engine.gear.ConfigKey.text;
import static io.fluxrig.engine.gear.ConfigKey.texts;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.Content;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.engine.gear.WiredSpecs;
import io.fluxrig.iso.frame.Framing;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Describes and builds {@code io_iso8583}: ISO 8583 frames to and from TCP sockets, as server or client. */
public final class IoIso8583Factory implements GearFactory {
    static final int IN = 0;
    static final int IN_PEER = 1;

    private static final GearManifest MANIFEST = new GearManifest(
            "io_iso8583",
            "Framing and sockets: ISO 8583 messages to and from TCP connections, as server or client.",
            List.of(
                    new Port("in", "messages to send: to the connection of conn.id, or over any link of a client"),
                    new Port("in_peer", "the same from this gear's copy on another strip; not to be wired")),
            List.of(new Port("out", "messages received, raw, with conn.id, peer.ip and peer.port")),
            keys());

    @Override
    public GearManifest manifest() {
        return MANIFEST;
    }

    @Override
    public void check(GearConfig config, ConfigFaults faults) {
        IoSettings.read(config, faults);
        if (config.flag("unsafe_raw_frame_log")) {
            faults.warning("unsafe_raw_frame_log", "logs a line for each frame", "leave it out in production");
        }
    }

    @Override
    public Content takes(GearConfig config, String inputPort) {
        return Content.BYTES;
    }

    @Override
    public Content gives(GearConfig config, String outputPort) {
        return Content.BYTES;
    }

    @Override
    public void checkWired(GearConfig config, WiredSpecs specs, ConfigFaults faults) {
        MtiEncoding.check(config, specs.behind("out"), faults);
    }

    /** How the MTI is written stands in the dialect of the codec behind {@code out}. */
    @Override
    public Map<String, String> fromWires(GearConfig config, WiredSpecs specs) {
        Set<String> wired = MtiEncoding.of(specs.behind("out")).keySet();
        return wired.size() == 1 ? Map.of(MtiEncoding.KEY, wired.iterator().next()) : Map.of();
    }

    @Override
    public Gear create(GearContext context) {
        return new IoGear(context, context.shared(SharedIo.class, () -> SharedIo.of(context.config())));
    }

    private static List<ConfigKey> keys() {
        return List.of(
                choice("mode", null, "listen for connections or dial them", "server", "client")
                        .mandatory(),
                address("bind", "where a server listens; \":8583\" is every address of the machine"),
                address("connect", "what a client dials"),
                number("connections", 1L, 1, 1024, "links a client keeps up, spread over the strips"),
                atLeast(100, "connect_timeout", "5s", "until an attempt to connect counts as failed"),
                atLeast(
                        10,
                        "reconnect_wait",
                        "5s",
                        "longest wait between attempts: the first comes after a tenth of it, each next one after twice"
                                + " the wait before, all give or take a quarter"),
                atLeast(
                        1,
                        "retire_timeout",
                        "60s",
                        "how long a client's links stay, for answers that are still to come, once a reload has replaced them"),
                number(
                        "frame_length_size",
                        null,
                        0,
                        4,
                        "bytes of the length field, 2 unless the variant says otherwise"),
                choice("frame_length_endian", "big", "byte order of a binary length", "big", "little"),
                choice(
                        "frame_length_encoding",
                        null,
                        "how the length is written, binary unless the variant says otherwise",
                        "binary",
                        "ascii",
                        "bcd",
                        "ebcdic",
                        "hex"),
                flag("frame_includes_header", false, "whether the length counts its own bytes"),
                flag("frame_includes_trailer", false, "whether the length counts the trailer"),
                number(
                        "frame_length_max",
                        null,
                        1,
                        Framing.LENGTH_MAX_LIMIT,
                        "greatest length accepted, in bytes, 16384 or what the length field can say"),
                number("frame_length_reserved", null, 0, 8, "zero bytes between length and header, not counted"),
                code("frame_preamble", null, "bytes in hex ahead of the length, the same in every frame"),
                choice(
                        "frame_end",
                        null,
                        "what tells where a message ends that has neither length nor trailer: itself, read as spec_path says"
                                + " (message), or its XML (isomsg)",
                        "message",
                        "isomsg"),
                text("spec_path", null, "with frame_end: message, the dialect: a file, name:tag or sha256:..."),
                flagOfVariant("tpdu_enabled", "whether a TPDU stands ahead of each message"),
                number("tpdu_length", 5L, 1, 255, "bytes of the TPDU"),
                flag("tpdu_swap", true, "whether an answer swaps the request's TPDU addresses"),
                code("tpdu_value", null, "TPDU in hex of messages that answer nothing, 6000000000 if not given"),
                number("protocol_header_size", null, 0, 255, "bytes of a protocol header ahead of the message"),
                code(
                        "protocol_header_value",
                        null,
                        "that header in hex for messages that answer nothing, zeros if not given"),
                flag("preserve_headers", true, "whether an answer carries the protocol header of its request"),
                code("trailer", "none", "bytes behind each message: none, etx or hex"),
                choice(
                        "variant",
                        "generic",
                        "the preset that the framing keys start from",
                        "generic",
                        "visa",
                        "mastercard",
                        "unionpay",
                        "hypercom"),
                code("visa_src_id", null, "our station id, six digits, variant visa"),
                code("visa_dst_id", null, "the other station's id, six digits, variant visa"),
                choice(
                        MtiEncoding.KEY,
                        null,
                        "how the MTI is written, for heuristic_validation; if not given, as in the spec of the codec that out is"
                                + " wired to",
                        "ascii",
                        "ebcdic",
                        "bcd"),
                flag(
                        MtiEncoding.LOOK,
                        true,
                        "close a connection whose message does not begin with an MTI, before its bytes are waited for"),
                number("max_connections", 4096L, 1, 1_000_000, "most connections of a server at a time"),
                atLeast(1000, "idle_timeout", null, "silence after which a connection is closed; never if not given"),
                atLeast(100, "read_timeout", "5s", "a frame begun must end within this"),
                atLeast(100, "write_timeout", "2s", "a peer that takes nothing for this long is closed"),
                number(
                        "pending_max",
                        1_048_576L,
                        65_536,
                        1L << 30,
                        "most bytes that wait for one connection; as many again of what crosses from other strips"),
                flag("strict_connection_routing", true, "answers go to their own connection or nowhere"),
                section(
                        "tls",
                        "TLS 1.2 or 1.3 on every connection",
                        flag("enabled", false, "whether connections are encrypted"),
                        path("cert_file", null, "our certificate chain, PEM"),
                        path("key_file", null, "its key, PEM, PKCS#8, not encrypted"),
                        path("ca_file", null, "who may sign the peer's certificate, PEM; the JDK's list if not given"),
                        text(
                                "server_name",
                                null,
                                "name a client demands of the peer's certificate, the host if not given"),
                        choice(
                                "client_auth",
                                "none",
                                "whether clients show a certificate",
                                "none",
                                "optional",
                                "required")),
                texts("allow", "CIDR blocks that may connect; everybody if empty"),
                flag(
                        "unsafe_raw_frame_log",
                        false,
                        "log length and headers of each frame; message bytes are never logged"));
    }

    /** A duration of at least so many milliseconds, up to a day. */
    private static ConfigKey atLeast(long minMs, String name, String defaultValue, String doc) {
        long msNs = 1_000_000L;
        return new ConfigKey(
                name,
                ConfigKey.Type.DURATION,
                defaultValue,
                false,
                List.of(),
                minMs * msNs,
                24 * 3_600_000L * msNs,
                doc,
                List.of());
    }

    /** A flag without a default, since the variant decides where it is not given. */
    private static ConfigKey flagOfVariant(String name, String doc) {
        return new ConfigKey(
                name, ConfigKey.Type.FLAG, null, false, List.of(), Long.MIN_VALUE, Long.MAX_VALUE, doc, List.of());
    }
}
