package io.fluxrig.load.mix;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.wire.DataElement;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.iso.wire.WireType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Makes stencils. Where a character of a field stands in the frame is found by experiment: the message is encoded again
 * with that one character changed, and the byte that differs is the place. So it needs no knowledge of any encoding.
 */
public final class StencilCutter {
    private static final int MESSAGE_MAX = 16 * 1024;
    private static final String HEX = "0123456789abcdef";

    private final WireSpec spec;
    private final IsoCodec codec;
    private final UnaryOperator<byte[]> framer;
    private final IsoMessage message = new IsoMessage();
    private final byte[] scratch = new byte[MESSAGE_MAX];

    /** @param framer puts the frame's header and trailer around a message */
    public StencilCutter(WireSpec spec, UnaryOperator<byte[]> framer) {
        this.spec = spec;
        this.codec = new IsoCodec(spec);
        this.framer = framer;
    }

    /** @throws MixException if the spec cannot write the template, naming the field */
    public Stencil cut(Template template) throws MixException {
        Map<Integer, List<Macro>> pieces = new TreeMap<>();
        Map<Integer, String> values = new TreeMap<>();
        for (Map.Entry<Integer, String> field : template.fields().entrySet()) {
            List<Macro> parsed = parse(template, field.getKey(), field.getValue());
            pieces.put(field.getKey(), parsed);
            values.put(field.getKey(), sample(parsed));
        }
        byte[] frame = encode(template, values);
        List<Patch> patches = new ArrayList<>();
        DigitsPatch amount = null;
        for (Map.Entry<Integer, List<Macro>> field : pieces.entrySet()) {
            int before = patches.size();
            patchField(template, values, frame, field.getKey(), field.getValue(), patches);
            if (field.getKey() == DataElement.AMOUNT && field.getValue().size() == 1 && patches.size() > before) {
                amount = patches.get(before) instanceof DigitsPatch digits ? digits : null;
            }
        }
        return new Stencil(template, frame, patches, amount, fixedAmount(pieces.get(DataElement.AMOUNT)));
    }

    private static long fixedAmount(List<Macro> pieces) {
        return pieces != null
                        && pieces.size() == 1
                        && pieces.get(0) instanceof Macro.Literal literal
                        && literal.text().matches("[0-9]{1,17}")
                ? Long.parseLong(literal.text())
                : -1;
    }

    private List<Macro> parse(Template template, int number, String value) throws MixException {
        WireField field = spec.fields().get(number);
        if (field == null) {
            throw new MixException(
                    "template '" + template.name() + "': spec " + spec.name() + " has no field " + number);
        }
        try {
            return Macro.parse(value, field.length());
        } catch (MixException e) {
            throw new MixException("template '" + template.name() + "' field " + number + ": " + e.getMessage());
        }
    }

    private static String sample(List<Macro> pieces) {
        StringBuilder value = new StringBuilder();
        for (Macro piece : pieces) {
            if (piece instanceof Macro.Literal literal) {
                value.append(literal.text());
            } else if (piece instanceof Macro.Choice choice) {
                value.append(choice.options().get(0));
            } else if (piece instanceof Macro.Pan pan) {
                value.append(pan.prefix())
                        .append("0".repeat(pan.length() - pan.prefix().length()));
            } else {
                value.append("0".repeat(piece.length()));
            }
        }
        return value.toString();
    }

    private void patchField(
            Template template,
            Map<Integer, String> values,
            byte[] frame,
            int number,
            List<Macro> pieces,
            List<Patch> patches)
            throws MixException {
        int at = 0;
        for (Macro piece : pieces) {
            Probe probe = new Probe(template, values, frame, number, at);
            Patch patch = patch(piece, probe);
            if (patch != null) {
                patches.add(patch);
            }
            at += piece.length();
        }
    }

    private static Patch patch(Macro piece, Probe probe) throws MixException {
        if (piece instanceof Macro.Literal) {
            return null;
        }
        if (piece instanceof Macro.Pan pan) {
            return new PanPatch(probe.digitPlaces(pan.prefix().length(), pan.length()), pan.prefix());
        }
        if (piece instanceof Macro.Choice choice) {
            return choicePatch(probe, choice.options());
        }
        return piece instanceof Macro.Digits digits
                ? new DigitsPatch(probe.digitPlaces(0, digits.length()), digits)
                : hexPatch(probe, piece.length());
    }

    private static Patch hexPatch(Probe probe, int length) throws MixException {
        byte[][] table = new byte[length][];
        int[] places = new int[length];
        for (int i = 0; i < length; i++) {
            places[i] = probe.bytePlace(i, 'f');
            table[i] = probe.bytesFor(i, places[i], HEX);
        }
        return (bytes, stamp) -> {
            for (int i = 0; i < places.length; i++) {
                bytes[places[i]] = table[i][stamp.pick(16)];
            }
        };
    }

    private static Patch choicePatch(Probe probe, List<String> options) throws MixException {
        byte[][] frames = new byte[options.size()][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = probe.with(options.get(i));
        }
        int[] differing = Probe.differing(frames);
        return (bytes, stamp) -> {
            byte[] chosen = frames[stamp.pick(frames.length)];
            for (int index : differing) {
                bytes[index] = chosen[index];
            }
        };
    }

    private byte[] encode(Template template, Map<Integer, String> values) throws MixException {
        message.clear();
        message.setMti(template.mti());
        for (Map.Entry<Integer, String> field : values.entrySet()) {
            set(template, field.getKey(), field.getValue());
        }
        int length = codec.encode(message, scratch, 0);
        if (length < 0) {
            throw new MixException(
                    "template '" + template.name() + "' does not fit spec " + spec.name() + ": " + codec.error());
        }
        return framer.apply(Arrays.copyOf(scratch, length));
    }

    /** Values of fields that hold bytes or parts are written in hex. */
    private void set(Template template, int number, String value) throws MixException {
        WireType type = spec.fields().get(number).type();
        if (!type.isBytes() && type != WireType.COMPOSITE) {
            message.setAscii(number, value);
            return;
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(value);
            message.setBytes(number, bytes, 0, bytes.length);
        } catch (IllegalArgumentException e) {
            throw new MixException("template '" + template.name() + "' field " + number + ": holds bytes; write hex");
        }
    }

    /** Encodes variations of one field's value and looks where the frame changes. */
    private final class Probe {
        private final Template template;
        private final Map<Integer, String> values;
        private final byte[] frame;
        private final int number;
        private final int at;

        Probe(Template template, Map<Integer, String> values, byte[] frame, int number, int at) {
            this.template = template;
            this.values = values;
            this.frame = frame;
            this.number = number;
            this.at = at;
        }

        /** The frame with {@code text} standing at this piece's place. */
        byte[] with(String text) throws MixException {
            return withAt(0, text);
        }

        private byte[] withAt(int index, String text) throws MixException {
            String value = values.get(number);
            int from = at + index;
            Map<Integer, String> changed = new TreeMap<>(values);
            changed.put(number, value.substring(0, from) + text + value.substring(from + text.length()));
            byte[] bytes = encode(template, changed);
            if (bytes.length != frame.length) {
                throw moves();
            }
            return bytes;
        }

        /** Of the digits from one to before another. */
        DigitPlaces digitPlaces(int from, int to) throws MixException {
            int[] places = new int[to - from];
            for (int i = 0; i < places.length; i++) {
                places[i] = digitPlace(from + i);
            }
            return new DigitPlaces(places, frame);
        }

        private int digitPlace(int index) throws MixException {
            char before = values.get(number).charAt(at + index);
            char after = before == '9' ? '8' : '9';
            byte[] changed = withAt(index, String.valueOf(after));
            int place = onlyDifference(changed);
            int change = (changed[place] ^ frame[place]) & 0xFF;
            boolean low = change < 0x10 && (changed[place] & 0x0F) == after - '0';
            boolean high = (change & 0x0F) == 0 && (changed[place] & 0xFF) >> 4 == after - '0';
            if (!low && !high) {
                throw moves();
            }
            return place * 2 + (low ? 0 : 1);
        }

        int bytePlace(int index, char other) throws MixException {
            return onlyDifference(withAt(index, String.valueOf(other)));
        }

        byte[] bytesFor(int index, int place, String characters) throws MixException {
            byte[] bytes = new byte[characters.length()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = withAt(index, characters.substring(i, i + 1))[place];
            }
            return bytes;
        }

        private int onlyDifference(byte[] changed) throws MixException {
            int[] places = differing(frame, changed);
            if (places.length != 1) {
                throw moves();
            }
            return places[0];
        }

        static int[] differing(byte[]... frames) {
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < frames[0].length; i++) {
                for (byte[] other : frames) {
                    if (other[i] != frames[0][i]) {
                        places.add(i);
                        break;
                    }
                }
            }
            return places.stream().mapToInt(Integer::intValue).toArray();
        }

        private MixException moves() {
            return new MixException("template '" + template.name() + "' field " + number + ": its encoding in spec "
                    + spec.name() + " has no fixed place for a digit; write a literal instead");
        }
    }
}
