package io.fluxrig.bench.iso;

import com.solab.iso8583.IsoType;
import com.solab.iso8583.MessageFactory;
import com.solab.iso8583.parse.FieldParseInfo;
import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.iso.wire.WireType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The message that is measured: an ASCII 0100 of 17 fields (2, 3, 4, 7, 11 to 14, 18, 22, 25, 32, 37, 41 to 43, 49), 223
 * bytes, and its dialect in our words and in j8583's. jPOS brings its own.
 */
final class Authorization {

    static final byte[] WIRE = ("0100" + "723C448108E08000"
                    + "164761739001010119" + "000000" + "000000012345" + "1123082312" + "123456" + "082312" + "1123"
                    + "2612"
                    + "5411" + "051" + "00" + "06123456" + "732812345678" + "TERM0001" + "MERCHANT0000001"
                    + "ACME STORE 0001          NEW YORK     US" + "840")
            .getBytes(StandardCharsets.US_ASCII);

    /** The same as a 0110: 14 taken out, 38 and 39 put in. */
    static final byte[] RESPONSE = ("0110" + "723844810EE08000"
                    + "164761739001010119" + "000000" + "000000012345" + "1123082312" + "123456" + "082312" + "1123"
                    + "5411" + "051" + "00" + "06123456" + "732812345678" + "A1B2C3" + "00" + "TERM0001"
                    + "MERCHANT0000001"
                    + "ACME STORE 0001          NEW YORK     US" + "840")
            .getBytes(StandardCharsets.US_ASCII);

    private Authorization() {}

    static WireSpec dialect() {
        Map<Integer, WireField> fields = new TreeMap<>();
        variable(fields, 2, 19, CharClass.N);
        fixed(fields, CharClass.N, 3, 6, 4, 12, 7, 10, 11, 6, 12, 6, 13, 4, 14, 4, 18, 4, 22, 3, 25, 2, 49, 3);
        variable(fields, 32, 11, CharClass.N);
        fixed(fields, CharClass.AN, 37, 12, 38, 6, 39, 2);
        fixed(fields, CharClass.ANS, 41, 8, 42, 15, 43, 40);
        WireField mti = WireField.fixed("mti", WireType.NUMERIC, Encoding.ASCII, 4, CharClass.N);
        return new WireSpec("bench", mti, BitmapSpec.secondary(Encoding.HEX_ASCII), fields);
    }

    private static void variable(Map<Integer, WireField> fields, int number, int length, CharClass chars) {
        Prefix prefix = Prefix.of(Encoding.ASCII, 2);
        String key = Integer.toString(number);
        fields.put(number, WireField.prefixed(key, WireType.STRING, Encoding.ASCII, prefix, length, chars));
    }

    private static void fixed(Map<Integer, WireField> fields, CharClass chars, int... numbersAndLengths) {
        for (int i = 0; i < numbersAndLengths.length; i += 2) {
            String key = Integer.toString(numbersAndLengths[i]);
            WireField field = WireField.fixed(key, WireType.STRING, Encoding.ASCII, numbersAndLengths[i + 1], chars);
            fields.put(numbersAndLengths[i], field.padded(Padding.right(' ', false)));
        }
    }

    static MessageFactory<com.solab.iso8583.IsoMessage> j8583() {
        Map<Integer, FieldParseInfo> map = new HashMap<>();
        for (int number : new int[] {2, 32}) {
            map.put(number, FieldParseInfo.getInstance(IsoType.LLVAR, 0, "US-ASCII", false));
        }
        int[] numeric = {3, 6, 4, 12, 7, 10, 11, 6, 12, 6, 13, 4, 14, 4, 18, 4, 22, 3, 25, 2, 49, 3};
        int[] alpha = {37, 12, 38, 6, 39, 2, 41, 8, 42, 15, 43, 40};
        for (int i = 0; i < numeric.length; i += 2) {
            map.put(numeric[i], FieldParseInfo.getInstance(IsoType.ALPHA, numeric[i + 1], "US-ASCII", false));
        }
        for (int i = 0; i < alpha.length; i += 2) {
            map.put(alpha[i], FieldParseInfo.getInstance(IsoType.ALPHA, alpha[i + 1], "US-ASCII", false));
        }
        MessageFactory<com.solab.iso8583.IsoMessage> factory = new MessageFactory<>();
        factory.setCharacterEncoding("US-ASCII");
        factory.setParseMap(0x100, map);
        factory.setParseMap(0x110, map);
        return factory;
    }
}
