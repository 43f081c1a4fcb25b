package io.fluxrig.bench.iso;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.iso.wire.WireType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Random;

/** Makes messages that a dialect can write, of values that its fields may have. Single threaded. */
final class RandomMessages {
    private static final int LENGTH_MAX = 40;
    private static final int GROUPS = 2;
    private static final String DIGITS = "123456789";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final WireSpec wire;
    private final IsoCodec codec;
    private final Random random;
    private final byte[] out;

    RandomMessages(WireSpec wire, Random random) {
        this.wire = wire;
        this.codec = new IsoCodec(wire);
        this.random = random;
        this.out = new byte[wire.limits().messageBytesMax()];
    }

    /** A message of those of the fields that the dialect has, as bytes. */
    byte[] bytes(int mti, Collection<Integer> fields) {
        IsoMessage message = new IsoMessage();
        message.setMti(mti);
        int length = codec.encode(message, out, 0);
        for (int field : fields) {
            if (wire.fields().containsKey(field)) {
                put(message, Integer.toString(field), wire.fields().get(field));
                int with = codec.encode(message, out, 0);
                if (with < 0) { // a rule that only the codec knows, such as an even count
                    message.unset(field);
                } else {
                    length = with;
                }
            }
        }
        codec.encode(message, out, 0);
        return Arrays.copyOf(out, length);
    }

    private void put(IsoMessage message, String path, WireField field) {
        Composite composite = field.composite();
        if (composite == null) {
            message.setAscii(FieldPath.parse(path), value(field));
            return;
        }
        for (int group = 1; group <= (composite.repeat() ? GROUPS : 1); group++) {
            String within = composite.repeat() ? path + "." + group : path;
            composite.parts().forEach((key, part) -> put(message, within + "." + key, part));
        }
    }

    private String value(WireField field) {
        boolean fixed = field.prefix().kind() == Prefix.Kind.FIXED;
        int most = Math.min(field.length(), LENGTH_MAX);
        int length = fixed ? field.length() : Math.max(field.lengthMin(), 1 + random.nextInt(Math.max(1, most)));
        if (field.type().isBytes()) {
            return text("0123456789ABCDEF", 2 * length);
        }
        if (field.chars() == CharClass.XN || field.enc() == Encoding.SIGN_BCD) {
            return length < 2 ? "C" : "C" + text(DIGITS, length - 1);
        }
        if (field.enc() == Encoding.HEX_TO_BYTES) {
            return text("0123456789ABCDEF", length);
        }
        boolean digits = field.type() == WireType.NUMERIC
                || field.chars() == CharClass.N
                || field.chars() == CharClass.Z
                || field.chars() == CharClass.HEX
                || field.enc() != Encoding.ASCII
                        && field.enc() != Encoding.EBCDIC
                        && field.enc() != Encoding.EBCDIC1047;
        return text(digits ? DIGITS : field.chars() == CharClass.NS ? DIGITS : LETTERS, length);
    }

    private String text(String from, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }
}
