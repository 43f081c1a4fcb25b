package io.fluxrig.iso.frame;

import java.util.ArrayList;
import java.util.List;

/** Checks framing settings together and says everything that is wrong, by configuration key. */
final class FramingCheck {
    private static final int HEADER_MAX = 255;
    private static final int TRAILER_MAX = 16;
    private static final int PREAMBLE_MAX = 8;

    private final Framing.Builder settings;
    private final List<FramingFault> faults = new ArrayList<>();

    private FramingCheck(Framing.Builder settings) {
        this.settings = settings;
    }

    static List<FramingFault> faults(Framing.Builder settings) {
        FramingCheck check = new FramingCheck(settings);
        check.length();
        check.preamble();
        check.headers();
        check.tpdu();
        check.trailer();
        check.stations();
        return List.copyOf(check.faults);
    }

    private void length() {
        int size = settings.lengthSize;
        if (settings.effectiveEnd().isInMessage()) {
            inMessage();
            return;
        }
        if (settings.effectiveEnd() != (size == 0 ? FrameEnd.TRAILER : FrameEnd.LENGTH)) {
            fault("frame_end", "frame_length_size=" + size, "leave frame_end out, or use message or isomsg");
        }
        if (size != 0 && (size < 2 || size > 4)) {
            fault("frame_length_size", "size=" + size, "use 2 or 4 (3 and 0 are possible, 0 only with a trailer)");
            return;
        }
        if (size == 0 && settings.trailer.length == 0) {
            fault("frame_length_size", "no length field and no trailer", "set frame_length_size: 2 or trailer: etx");
        }
        if (size == 0 && (settings.includesHeader || settings.includesTrailer || settings.reservedLength > 0)) {
            fault("frame_includes_header", "there is no length field", "remove it, or set frame_length_size");
        }
        if (settings.littleEndian && settings.lengthEncoding != LengthEncoding.BINARY) {
            fault("frame_length_endian", "little needs a binary length", "set frame_length_encoding: binary");
        }
        if (settings.reservedLength < 0 || settings.reservedLength > 8) {
            fault("frame_length_reserved", "bytes=" + settings.reservedLength + " max=8", "use 0 to 8");
        }
        lengthMax();
    }

    /** Nothing but the message tells its end. */
    private void inMessage() {
        if (settings.lengthSize != 0 || settings.trailer.length > 0 || settings.reservedLength > 0) {
            fault("frame_end", "length, reserved bytes or trailer beside it", "leave out those keys");
        }
        if (settings.variant != Variant.GENERIC) {
            fault("variant", "it has a length", "leave it out with frame_end");
        }
        lengthMax();
    }

    private void preamble() {
        int bytes = settings.preamble.length;
        if (bytes > PREAMBLE_MAX) {
            fault("frame_preamble", "bytes=" + bytes + " max=" + PREAMBLE_MAX, "use 1 to " + PREAMBLE_MAX);
        } else if (bytes > 0 && settings.lengthSize == 0) {
            fault("frame_preamble", "there is no length field behind it", "remove it, or set frame_length_size");
        }
    }

    private void lengthMax() {
        Integer max = settings.lengthMax;
        if (max == null) {
            return;
        }
        int least = settings.protocolHeaderSize + (settings.tpduEnabled ? settings.tpduLength : 0) + 2;
        long most = Math.min(settings.payloadMax(), Framing.LENGTH_MAX_LIMIT);
        if (max < least || max > most) {
            fault("frame_length_max", "bytes=" + max, "use " + least + " to " + most);
        }
    }

    private void headers() {
        int size = settings.protocolHeaderSize;
        if (size < 0 || size > HEADER_MAX) {
            fault("protocol_header_size", "bytes=" + size + " max=" + HEADER_MAX, "use 0 to " + HEADER_MAX);
        }
        int given = settings.protocolHeader.length;
        if (given > 0 && given != size) {
            fault("protocol_header_value", "bytes=" + given + " protocol_header_size=" + size, "make them equal");
        }
        int fixed = StationHeader.fixedLength(settings.variant);
        if (fixed > 0 && size != fixed) {
            fault("protocol_header_size", "bytes=" + size + " but the variant has " + fixed, "leave it out");
        }
    }

    private void tpdu() {
        if (!settings.tpduEnabled) {
            if (settings.tpdu.length > 0) {
                fault("tpdu_value", "tpdu_enabled is false", "set tpdu_enabled: true or remove tpdu_value");
            }
            return;
        }
        int length = settings.tpduLength;
        if (length < 1 || length > 32) {
            fault("tpdu_length", "bytes=" + length, "use 1 to 32; 5 is usual");
        } else if (settings.tpduSwap && length % 2 == 0) {
            fault("tpdu_length", "bytes=" + length + " cannot be swapped", "use an odd length or tpdu_swap: false");
        }
        if (settings.tpdu.length > 0 && settings.tpdu.length != length) {
            fault("tpdu_value", "bytes=" + settings.tpdu.length + " tpdu_length=" + length, "make them equal");
        }
    }

    private void trailer() {
        if (settings.trailer.length > TRAILER_MAX) {
            fault("trailer", "bytes=" + settings.trailer.length + " max=" + TRAILER_MAX, "use none, etx or short hex");
        }
    }

    private void stations() {
        station("visa_src_id", settings.visaSrcId);
        station("visa_dst_id", settings.visaDstId);
    }

    private void station(String key, String id) {
        if (id == null || id.length() != 6 || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
            fault(key, "not six digits", "write six digits in quotes, such as \"000123\"");
        }
    }

    private void fault(String key, String message, String fix) {
        faults.add(new FramingFault(key, message, fix));
    }
}
