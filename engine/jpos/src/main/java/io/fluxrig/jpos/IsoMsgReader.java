package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jpos.iso.ISOBitMap;
import org.jpos.iso.ISOComponent;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.tlv.ISOTaggedField;

/**
 * Brings what jPOS unpacked into a message of ours: strings as text, byte arrays as bytes, messages inside as composites. Parts go by
 * their numbers, tagged ones by their tags ({@code 55.9F02}, {@code 55.9F02#2} for a second one); bitmaps are no fields. Allocates; one thread.
 */
final class IsoMsgReader {
    private static final int FIELD_MAX = 192;
    private static final String KEYS = "keys of 1 to 8 printable characters, at most " + FieldPath.DEPTH_MAX + " deep";

    private final CodecError error;

    /** @param error where a refusal is told */
    IsoMsgReader(CodecError error) {
        this.error = error;
    }

    /**
     * Sets every field.
     *
     * @return 0, or why it was refused; {@code into} holds what came before
     */
    int read(ISOMsg from, IsoMessage into) {
        into.clear();
        try {
            int outcome = mti(from, into);
            int last = from.getMaxField(); // of code's own making, so any number
            for (int field = 1; field <= Math.min(last, FIELD_MAX) && outcome == 0; field++) {
                ISOComponent component = from.getComponent(field);
                if (component != null && !(component instanceof ISOBitMap)) {
                    outcome = field < 2
                            ? refuse(CodecError.FIELD_UNDEFINED, field, "")
                            : value(component, field, Integer.toString(field), into);
                }
            }
            return outcome == 0 && last > FIELD_MAX ? refuse(CodecError.FIELD_UNDEFINED, last, "") : outcome;
        } catch (ISOException noValue) {
            return refuse(CodecError.CODE, CodecError.AT_MESSAGE, "fields with values");
        }
    }

    private int mti(ISOMsg from, IsoMessage into) throws ISOException {
        Object mti = from.hasField(0) ? from.getComponent(0).getValue() : null;
        if (!(mti instanceof String digits) || !digits.matches("[0-9]{4}")) {
            return refuse(CodecError.MTI, 0, "");
        }
        into.setMti(Integer.parseInt(digits));
        return 0;
    }

    private int value(ISOComponent component, int field, String path, IsoMessage into) throws ISOException {
        Object value = component.getValue();
        if (value instanceof ISOMsg parts) {
            return parts(parts, field, path, into);
        }
        if (value instanceof String text) {
            return text(text, field, path, into);
        }
        if (value instanceof byte[] bytes) {
            into.setBytes(FieldPath.parse(path), bytes, 0, bytes.length);
            return 0;
        }
        return value == null ? 0 : refuse(CodecError.KIND, field, "text, bytes or a message inside");
    }

    private int text(String text, int field, String path, IsoMessage into) {
        if (!ISO_8859_1.newEncoder().canEncode(text)) {
            return refuse(CodecError.CHARACTER, field, "ISO-8859-1");
        }
        byte[] latin1 = text.getBytes(ISO_8859_1);
        into.set(FieldPath.parse(path), latin1, 0, latin1.length);
        Arrays.fill(latin1, (byte) 0);
        return 0;
    }

    private int parts(ISOMsg parts, int field, String path, IsoMessage into) throws ISOException {
        int outcome = 0;
        Map<String, Integer> counts = new HashMap<>();
        for (Map.Entry<?, ?> each : ((Map<?, ?>) parts.getChildren()).entrySet()) { // places may lie far apart
            int place = (Integer) each.getKey();
            boolean asked = place >= 0 && outcome == 0;
            if (!asked || !(each.getValue() instanceof ISOComponent part) || part instanceof ISOBitMap) {
                continue;
            }
            String key = part instanceof ISOTaggedField tagged ? tagged.getTag() : Integer.toString(place);
            outcome = part(part, field, path + "." + FieldPath.key(key, counts.merge(key, 1, Integer::sum)), into);
        }
        if (counts.isEmpty()) {
            into.set(FieldPath.parse(path), new byte[0], 0, 0);
        }
        return outcome;
    }

    private int part(ISOComponent part, int field, String path, IsoMessage into) throws ISOException {
        try {
            FieldPath.parse(path);
        } catch (IllegalArgumentException noPath) {
            return refuse(CodecError.TAG, field, KEYS);
        }
        return value(part, field, path, into);
    }

    private int refuse(int code, int field, String expected) {
        return error.refuse(code, field, CodecError.NOWHERE, expected, 0, 0);
    }
}
