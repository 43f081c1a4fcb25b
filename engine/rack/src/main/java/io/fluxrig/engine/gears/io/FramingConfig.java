package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.iso.codec.MessageLength;
import io.fluxrig.iso.frame.FrameEnd;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.frame.FramingFault;
import io.fluxrig.iso.frame.LengthEncoding;
import io.fluxrig.iso.frame.PeekEncoding;
import io.fluxrig.iso.spec.Spec;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Reads the framing keys of a gear: the variant's preset first, then whatever was given on top of it. */
final class FramingConfig {
    private static final byte[] ETX = {3};

    private FramingConfig() {}

    /** The framing, null if something is wrong with it; every fault is reported under its key. */
    static Framing read(GearConfig config, ConfigFaults faults) {
        Framing.Builder framing = Framing.builder(Framing.variant(config.text("variant")));
        length(config, framing);
        headers(config, framing, faults);
        end(config, framing, faults);
        if (config.has("encoding")) {
            framing.peek(PeekEncoding.valueOf(config.text("encoding").toUpperCase(Locale.ROOT)));
        }
        framing.heuristicValidation(config.flag("heuristic_validation"));
        List<FramingFault> found = framing.faults();
        for (FramingFault fault : found) {
            faults.error(fault.key(), fault.message(), fault.fix());
        }
        return found.isEmpty() ? framing.build() : null;
    }

    private static void length(GearConfig config, Framing.Builder framing) {
        if (config.has("frame_length_size")) {
            framing.lengthSize((int) config.number("frame_length_size"));
        }
        if (config.has("frame_length_encoding")) {
            framing.lengthEncoding(
                    LengthEncoding.valueOf(config.text("frame_length_encoding").toUpperCase(Locale.ROOT)));
        }
        framing.littleEndian("little".equals(config.text("frame_length_endian")));
        framing.includesHeader(config.flag("frame_includes_header"));
        framing.includesTrailer(config.flag("frame_includes_trailer"));
        if (config.has("frame_length_max")) {
            framing.lengthMax((int) config.number("frame_length_max"));
        }
        if (config.has("frame_length_reserved")) {
            framing.reservedLength((int) config.number("frame_length_reserved"));
        }
    }

    private static void end(GearConfig config, Framing.Builder framing, ConfigFaults faults) {
        if (config.has("frame_preamble")) {
            framing.preamble(hex(config, "frame_preamble", faults));
        }
        if (config.has("frame_end")) {
            framing.end(FrameEnd.valueOf(config.text("frame_end").toUpperCase(Locale.ROOT)));
        }
        boolean byDialect = "message".equals(config.text("frame_end"));
        if (byDialect != config.has("spec_path")) {
            faults.error("spec_path", "goes with frame_end: message, and only with it", "give both or neither");
        }
        Spec spec = byDialect ? config.spec("spec_path") : null;
        Integer endless = spec == null ? null : MessageLength.endless(spec.wire());
        if (endless != null) {
            faults.error(
                    "spec_path",
                    "field " + endless + " takes whatever is left, so that nothing tells where a message ends",
                    "give that field a length");
        }
    }

    private static void headers(GearConfig config, Framing.Builder framing, ConfigFaults faults) {
        if (config.has("protocol_header_size")) {
            framing.protocolHeaderSize((int) config.number("protocol_header_size"));
        }
        if (config.has("protocol_header_value")) {
            framing.protocolHeader(hex(config, "protocol_header_value", faults));
        }
        framing.preserveHeaders(config.flag("preserve_headers"));
        if (config.has("tpdu_enabled")) {
            framing.tpduEnabled(config.flag("tpdu_enabled"));
        }
        framing.tpduLength((int) config.number("tpdu_length")).tpduSwap(config.flag("tpdu_swap"));
        if (config.has("tpdu_value")) {
            framing.tpdu(hex(config, "tpdu_value", faults));
        }
        if (config.has("visa_src_id")) {
            framing.visaSrcId(config.text("visa_src_id"));
        }
        if (config.has("visa_dst_id")) {
            framing.visaDstId(config.text("visa_dst_id"));
        }
        framing.trailer(
                switch (config.text("trailer")) {
                    case "none" -> new byte[0];
                    case "etx" -> ETX;
                    default -> hex(config, "trailer", faults);
                });
    }

    private static byte[] hex(GearConfig config, String key, ConfigFaults faults) {
        try {
            return HexFormat.of().parseHex(config.text(key));
        } catch (IllegalArgumentException notHex) {
            faults.error(
                    key, "is not hexadecimal: " + notHex.getMessage(), "write pairs of hex digits, such as 6000030000");
            return new byte[0];
        }
    }
}
