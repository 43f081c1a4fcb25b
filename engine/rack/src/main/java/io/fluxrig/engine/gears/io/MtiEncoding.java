package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.WireField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How dialects write the message type, in the words of the key {@value #KEY}. */
final class MtiEncoding {
    static final String KEY = "encoding";
    static final String LOOK = "heuristic_validation";

    private MtiEncoding() {}

    /** Each way in which one of the dialects writes its message type, with the first that does; unknown ways are left out. */
    static Map<String, Spec> of(List<Spec> specs) {
        Map<String, Spec> ways = new LinkedHashMap<>();
        for (Spec spec : specs) {
            String way = of(spec.wire().mti());
            if (way != null) {
                ways.putIfAbsent(way, spec);
            }
        }
        return ways;
    }

    /** Reports a configuration under which messages of those dialects would be taken for garbage. */
    static void check(GearConfig config, List<Spec> specs, ConfigFaults faults) {
        Map<String, Spec> ways = of(specs);
        if (!config.flag(LOOK) || ways.isEmpty()) {
            return;
        }
        String given = config.text(KEY);
        if (given == null && ways.size() > 1) {
            faults.error(
                    LOOK,
                    "what arrives is decoded in dialects that write the message type as "
                            + String.join(" and as ", ways.keySet()),
                    "give each its own gear, or set " + LOOK + ": false");
        } else if (given != null && !ways.containsKey(given)) {
            Map.Entry<String, Spec> first = ways.entrySet().iterator().next();
            String way = first.getKey();
            faults.error(
                    KEY,
                    "is " + given + ", and " + first.getValue().id()
                            + ", in which its messages are decoded, writes the message type as " + way
                            + ": every message would close its connection",
                    "write encoding: " + way + ", or leave it out");
        }
    }

    /** The way of one message type, null if the look knows none such. */
    private static String of(WireField mti) {
        if (mti.prefix().kind() != Prefix.Kind.FIXED) {
            return null;
        }
        return switch (mti.enc()) {
            case ASCII, HEX_ASCII -> "ascii";
            case EBCDIC, EBCDIC1047, HEX_EBCDIC -> "ebcdic";
            case BCD, BCD_F, LBCD, LBCD_F, BINARY, HEX_TO_BYTES -> "bcd";
            case SIGN_BCD, BER_TLV_TAG -> null;
        };
    }
}
