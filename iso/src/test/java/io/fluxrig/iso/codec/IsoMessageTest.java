package io.fluxrig.iso.codec;

import static io.fluxrig.iso.codec.Dialect.LL;
import static io.fluxrig.iso.codec.Dialect.LLL;
import static io.fluxrig.iso.codec.Dialect.ans;
import static io.fluxrig.iso.codec.Dialect.binary;
import static io.fluxrig.iso.codec.Dialect.hex;
import static io.fluxrig.iso.codec.Dialect.n;
import static io.fluxrig.iso.codec.Dialect.parts;
import static io.fluxrig.iso.codec.Dialect.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IsoMessageTest {

    private static final String WIRE = hex(text("16" + "4761739001010119" + "000000" + "02AB") + "9F0A", 2, 3, 48, 52);

    private final Dialect dialect = Dialect.of(
            WireField.prefixed("2", WireType.NUMERIC, Encoding.ASCII, LL, 19, CharClass.N),
            n("3", 6),
            n("4", 2),
            ans("48", LL, 9),
            binary("52", Prefix.FIXED, 2),
            ans("63", LL, 9));
    private final IsoMessage message = dialect.message;

    /** Decodes often enough that the last time goes by a plan. */
    private void decode() {
        dialect.decoded(WIRE);
        dialect.decoded(WIRE);
        dialect.decoded(WIRE);
    }

    private static byte[] ascii(String value) {
        return value.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldBeEmptyAtFirst() {
        IsoMessage empty = new IsoMessage();
        assertThat(empty.nextField(-1)).isEqualTo(-1);
        assertThat(empty.mti()).isEqualTo(IsoMessage.ABSENT);
        assertThat(empty.length(2)).isEqualTo(IsoMessage.ABSENT);
        assertThat(empty.copyTo(2, new byte[1], 0)).isEqualTo(IsoMessage.ABSENT);
        assertThat(empty.kind(2)).isEqualTo(IsoMessage.ABSENT);
        assertThat(empty.text(2)).isNull();
        assertThat(empty.pristine()).isFalse();
        assertThat(dialect.encoded(empty)).isEqualTo("MTI at byte 0: expected a message type of four digits");
    }

    @Test
    void shouldTellWhatIsThere() {
        decode();
        assertThat(message.mti()).isEqualTo(100);
        assertThat(message.has(0)).isTrue();
        assertThat(message.has(2)).isTrue();
        assertThat(message.has(4)).isFalse();
        List<Integer> fields = new ArrayList<>();
        for (int field = message.nextField(-1); field >= 0; field = message.nextField(field)) {
            fields.add(field);
        }
        assertThat(fields).containsExactly(0, 2, 3, 48, 52);
        assertThat(message.kind(2)).isEqualTo(IsoMessage.TEXT);
        assertThat(message.kind(52)).isEqualTo(IsoMessage.BYTES);
        assertThat(message.length(2)).isEqualTo(16);
        assertThat(message.pristine()).isTrue();
    }

    @Test
    void shouldCompareAndCopyValues() {
        decode();
        assertThat(message.valueEquals(3, ascii("000000"))).isTrue();
        assertThat(message.valueEquals(3, ascii("00000"))).isFalse();
        assertThat(message.valueEquals(4, ascii(""))).isFalse();
        byte[] copy = new byte[8];
        assertThat(message.copyTo(48, copy, 3)).isEqualTo(2);
        assertThat(copy).containsExactly(0, 0, 0, 'A', 'B', 0, 0, 0);
    }

    @Test
    void shouldHashWhatItMeansAndNotHowItIsWritten() {
        decode();
        Dialect bcd = Dialect.of(WireField.prefixed("2", WireType.NUMERIC, Encoding.BCD, LL, 19, CharClass.N));
        bcd.decoded(hex(text("16") + "4761739001010119", 2));
        assertThat(bcd.message.hash(2, 7)).isEqualTo(message.hash(2, 7)).isNotEqualTo(message.hash(2, 8));
        assertThat(message.hash(4, 7)).isEqualTo(new IsoMessage().hash(2, 7)).isNotEqualTo(message.hash(2, 7));
    }

    @Test
    void shouldWriteOnlyWhatWasTouchedAnew() {
        decode();
        message.setMti(110);
        message.unset(3);
        message.setAscii(4, "99");
        message.set(48, ascii("XYZ"), 0, 3);
        message.setAscii(63, "Q");
        assertThat(message.pristine()).isFalse();
        String expected =
                hex(text("16" + "4761739001010119" + "99" + "03XYZ") + "9F0A" + text("01Q"), 2, 4, 48, 52, 63);
        assertThat(dialect.encoded(message)).isEqualTo(expected.replaceFirst("30313030", "30313130"));
    }

    @Test
    void shouldForgetWhatWasSetAndUnsetAgain() {
        decode();
        message.setAscii(4, "99");
        message.unset(4);
        message.unset(48);
        message.unset(63);
        message.setAscii(48, "CD");
        assertThat(dialect.encoded(message)).isEqualTo(WIRE.replace(text("AB"), text("CD")));
        message.unset(2);
        message.unset(3);
        message.unset(48);
        message.unset(52);
        assertThat(dialect.encoded(message)).isEqualTo(hex(""));
    }

    @Test
    void shouldWriteOverAValueSetBefore() {
        IsoMessage made = Dialect.message("2", "12345", "3", "111111");
        made.setAscii(2, "99");
        assertThat(made.text(2)).isEqualTo("99");
        made.setAscii(2, "1234567");
        assertThat(made.text(2)).isEqualTo("1234567");
        assertThat(made.text(3)).isEqualTo("111111");
    }

    @Test
    void shouldTakeAnMtiAsText() {
        message.set(0, ascii("0800"), 0, 4);
        assertThat(message.mti()).isEqualTo(800);
        message.setAscii(FieldPath.parse("mti"), "9999");
        assertThat(message.mti()).isEqualTo(9999);
        message.setAscii(0, "08X0");
        assertThat(message.mti()).isEqualTo(IsoMessage.ABSENT);
        assertThat(dialect.encoded(message)).startsWith("MTI at byte 0");
        message.unset(0);
        assertThat(message.has(0)).isFalse();
        assertThatThrownBy(() -> message.setMti(10_000)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> message.setAscii(2, "\u20AC")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldHoldRawBytesSetByHand() {
        message.setMti(100);
        message.setBytes(52, new byte[] {1, (byte) 0xAB}, 0, 2);
        assertThat(message.text(52)).isEqualTo("01AB");
        assertThat(dialect.encoded(message)).isEqualTo(hex("01AB", 52));
        message.setAscii(52, "01AX");
        assertThat(dialect.encoded(message)).startsWith("DE 52 at byte 12: expected characters of class HEX");
        message.setAscii(52, "01A");
        assertThat(dialect.encoded(message)).startsWith("DE 52 at byte 12: expected characters of class HEX");
    }

    @Test
    void shouldSetPartsOfParts() {
        IsoMessage made = Dialect.message("48.A.1", "x", "48.A.2", "y", "48.B", "z");
        assertThat(made.text(FieldPath.parse("48.A.2"))).isEqualTo("y");
        assertThat(made.kind(FieldPath.parse("48.A"))).isEqualTo(IsoMessage.TREE);
        assertThat(made.length(48)).isZero();
        made.unset(FieldPath.parse("48.A.1"));
        made.unset(FieldPath.parse("48.Q.1"));
        assertThat(made.has(FieldPath.parse("48.A.1"))).isFalse();
        made.setAscii(FieldPath.parse("48.B.1"), "deep");
        assertThat(made.text(FieldPath.parse("48.B.1"))).isEqualTo("deep");
        made.setAscii(FieldPath.parse("48"), "flat");
        assertThat(made.has(FieldPath.parse("48.A.2"))).isFalse();
        assertThat(made.text(48)).isEqualTo("flat");
    }

    @Test
    void shouldShowItsFieldsInOrder() {
        Dialect composite = Dialect.of(
                n("3", 1),
                WireField.composite(
                        "48", LLL, 9, Composite.positional(parts(n("1", 1), binary("2", Prefix.FIXED, 1)))));
        composite.decoded(hex(text("7" + "002" + "8") + "AB", 3, 48));
        StringBuilder seen = new StringBuilder();
        composite.message.walk(new Spelled(seen));
        assertThat(seen).hasToString("0:mti=0100 3:3=7 48:48{ -1:1=8 -1:2#AB } ");
    }

    @Test
    void shouldCopyFromAnother() {
        decode();
        message.setAscii(48, "CD");
        IsoMessage copy = new IsoMessage();
        copy.copyFrom(message);
        message.wipe();
        assertThat(copy.text(2)).isEqualTo("4761739001010119");
        assertThat(dialect.encoded(copy)).isEqualTo(WIRE.replace(text("AB"), text("CD")));
    }

    @Test
    void shouldWipeEveryByteItHeld() {
        decode();
        message.setAscii(63, "secret");
        message.length(52);
        byte[] arena = message.arena.bytes;
        message.clear();
        dialect.decoded(hex(text("11"), 4));
        message.wipe();
        assertThat(arena).containsOnly(0);
        assertThat(message.has(4)).isFalse();
    }

    @Test
    void shouldZeroTheArrayItOutgrows() {
        byte[] small = message.arena.bytes;
        decode();
        message.set(48, new byte[5000], 0, 5000);
        assertThat(message.arena.bytes).isNotSameAs(small);
        assertThat(small).containsOnly(0);
        assertThat(message.text(2)).isEqualTo("4761739001010119");
    }

    private record Spelled(StringBuilder seen) implements FieldVisitor {

        private void key(Key key) {
            byte[] text = new byte[8];
            assertThat(key.copyTo(text, 0)).isEqualTo(key.length());
            seen.append(key.field()).append(':').append(new String(text, 0, key.length(), StandardCharsets.US_ASCII));
        }

        @Override
        public void text(Key key, byte[] value, int offset, int length) {
            key(key);
            seen.append('=')
                    .append(new String(value, offset, length, StandardCharsets.US_ASCII))
                    .append(' ');
        }

        @Override
        public void bytes(Key key, byte[] value, int offset, int length) {
            key(key);
            seen.append('#').append(String.format("%02X", value[offset])).append(' ');
        }

        @Override
        public void beginTree(Key key) {
            key(key);
            seen.append("{ ");
        }

        @Override
        public void endTree() {
            seen.append("} ");
        }
    }
}
