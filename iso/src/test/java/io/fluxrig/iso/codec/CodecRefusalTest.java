package io.fluxrig.iso.codec;

import static io.fluxrig.iso.codec.Dialect.LL;
import static io.fluxrig.iso.codec.Dialect.LLL;
import static io.fluxrig.iso.codec.Dialect.MTI;
import static io.fluxrig.iso.codec.Dialect.ans;
import static io.fluxrig.iso.codec.Dialect.binary;
import static io.fluxrig.iso.codec.Dialect.hex;
import static io.fluxrig.iso.codec.Dialect.n;
import static io.fluxrig.iso.codec.Dialect.parts;
import static io.fluxrig.iso.codec.Dialect.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Limits;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.TagSpec;
import io.fluxrig.iso.wire.TrailingBytes;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.iso.wire.WireType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is refused, by which code, where, and that no value is in the words. */
class CodecRefusalTest {

    private final Dialect dialect = Dialect.of(
            WireField.prefixed("2", WireType.NUMERIC, Encoding.ASCII, LL, 19, CharClass.N),
            n("3", 6),
            WireField.prefixed("35", WireType.TRACK2, Encoding.BCD, LL, 37, CharClass.Z),
            WireField.fixed("28", WireType.STRING, Encoding.SIGN_BCD, 5, CharClass.XN),
            WireField.fixed("49", WireType.NUMERIC, Encoding.HEX_ASCII, 3, CharClass.N),
            WireField.prefixed("50", WireType.STRING, Encoding.HEX_EBCDIC, LL, 3, CharClass.AN),
            WireField.fixed("52", WireType.BINARY, Encoding.HEX_ASCII, 2, CharClass.ANY),
            new WireField("60", "", WireType.STRING, Encoding.ASCII, LL, Padding.NONE, 9, 3, CharClass.ANS, null));

    private void shouldRefuse(int code, String hex, String words) {
        for (int i = 0; i < 3; i++) {
            assertThat(dialect.decode(hex)).isEqualTo(code);
            assertThat(dialect.codec.error().code()).isEqualTo(code);
            assertThat(dialect.codec.error()).hasToString(words);
            assertThat(dialect.message.nextField(-1)).isEqualTo(-1);
        }
    }

    @Test
    void shouldRefuseEveryTruncation() {
        String whole = hex(text("16" + "4761739001010119" + "000000"), 2, 3);
        dialect.decoded(whole);
        dialect.decoded(whole);
        for (int length = 0; length < whole.length(); length += 2) {
            assertThat(dialect.decode(whole.substring(0, length))).isEqualTo(CodecError.TRUNCATED);
            assertThat(dialect.codec.error().byteOffset()).isLessThanOrEqualTo(length / 2);
        }
        shouldRefuse(
                CodecError.TRUNCATED, hex(text("16" + "47617"), 2), "DE 2 at byte 14: expected 16 bytes, length=5");
        shouldRefuse(CodecError.TRUNCATED, hex(text("1"), 2), "DE 2 at byte 12: expected 2 bytes, length=1");
        shouldRefuse(CodecError.TRUNCATED, "303130", "MTI at byte 0: expected 4 bytes, length=3");
    }

    @Test
    void shouldRefuseBadLengths() {
        shouldRefuse(
                CodecError.LENGTH_MALFORMED, hex(text("1:"), 2), "DE 2 at byte 12: expected a length in ASCII digits");
        shouldRefuse(
                CodecError.LENGTH_OUT_OF_BOUNDS, hex(text("20"), 2), "DE 2 at byte 12: expected at most 19, length=20");
        shouldRefuse(
                CodecError.LENGTH_OUT_OF_BOUNDS,
                hex(text("02AB"), 60),
                "DE 60 at byte 12: expected at least 3, length=2");
    }

    @Test
    void shouldRefuseBadCharactersAtTheirByte() {
        shouldRefuse(CodecError.CHARACTER, hex(text("0312B"), 2), "DE 2 at byte 16: expected characters of class N");
        shouldRefuse(CodecError.CHARACTER, hex(text("00000/"), 3), "DE 3 at byte 17: expected characters of class N");
        shouldRefuse(
                CodecError.CHARACTER, hex(text("04") + "12B4", 35), "DE 35 at byte 15: expected characters of class Z");
        shouldRefuse(
                CodecError.CHARACTER, hex(text("03") + "01AB", 35), "DE 35 at byte 15: expected characters of class Z");
        shouldRefuse(
                CodecError.CHARACTER, hex(text("X") + "1234", 28), "DE 28 at byte 12: expected characters of class XN");
        shouldRefuse(
                CodecError.CHARACTER, hex(text("C") + "12A4", 28), "DE 28 at byte 14: expected characters of class XN");
        shouldRefuse(
                CodecError.CHARACTER,
                hex(text("9F0G"), 52),
                "DE 52 at byte 14: expected characters of class HEX_ASCII");
        shouldRefuse(CodecError.CHARACTER, "3031304700", "MTI at byte 3: expected characters of class N");
    }

    @Test
    void shouldHoldTextInHexAgainstItsClass() {
        assertThat(dialect.decode(hex(text("393738"), 49))).isEqualTo(18);
        shouldRefuse(
                CodecError.CHARACTER,
                hex(text("39413A"), 49),
                "DE 49 at byte 14: expected characters of class N in hex");
        shouldRefuse(
                CodecError.CHARACTER,
                hex(text("39373X"), 49),
                "DE 49 at byte 16: expected characters of class N in hex");
        shouldRefuse(
                CodecError.CHARACTER,
                hex(text("02") + "F4F1" + "F2F1", 50),
                "DE 50 at byte 16: expected characters of class AN in hex");
    }

    @Test
    void shouldRefuseOrIgnoreTrailingBytes() {
        shouldRefuse(
                CodecError.TRAILING_BYTES,
                hex(text("000000") + "FF00", 3),
                "message at byte 18: expected the end, 2 bytes before it comes");
        WireSpec w = dialect.codec.spec();
        Dialect ignores = new Dialect(
                new WireSpec("ignores", w.mti(), w.bitmap(), w.fields(), Limits.DEFAULT, TrailingBytes.IGNORE));
        assertThat(ignores.decode(hex(text("000000") + "FF00", 3))).isEqualTo(18);
        assertThat(ignores.encoded(ignores.message)).isEqualTo(hex(text("000000"), 3));
        ignores.message.setMti(100);
        assertThat(ignores.encoded(ignores.message)).isEqualTo(hex(text("000000"), 3));
    }

    @Test
    void shouldRefuseWhatExceedsTheLimits() {
        WireField list = WireField.composite(
                "48", LLL, 99, Composite.positional(parts(n("1", 1))).repeated(90));
        WireSpec spec = new WireSpec(
                "limits",
                MTI,
                BitmapSpec.secondary(Encoding.BINARY),
                Map.of(48, list),
                new Limits(40, 2, 6),
                TrailingBytes.REFUSE);
        Dialect limited = new Dialect(spec);
        assertThat(limited.refusal(hex(text("003123"), 48))).startsWith("accepted");
        assertThat(limited.refusal(hex(text("0041234"), 48))).isEqualTo("DE 48 at byte 18: expected at most 6 parts");
        assertThat(limited.refusal(hex(text("0261" + "2".repeat(25)), 48)))
                .isEqualTo("message at byte 40: expected at most 40 bytes");
    }

    @Test
    void shouldRefuseToEncodeWhatDoesNotFit() {
        assertThat(dialect.encoded(Dialect.message("2", "1".repeat(20))))
                .isEqualTo("DE 2 at byte 12: expected at most 19, length=20");
        assertThat(dialect.encoded(Dialect.message("2", "12A")))
                .isEqualTo("DE 2 at byte 12: expected characters of class N");
        assertThat(dialect.encoded(Dialect.message("3", "12345")))
                .isEqualTo("DE 3 at byte 12: expected at least 6, length=5");
        assertThat(dialect.encoded(Dialect.message("60", "AB")))
                .isEqualTo("DE 60 at byte 12: expected at least 3, length=2");
        assertThat(dialect.encoded(Dialect.message("28", "12345")))
                .isEqualTo("DE 28 at byte 12: expected characters of class XN");
        assertThat(dialect.encoded(Dialect.message("35", "12A4")))
                .isEqualTo("DE 35 at byte 12: expected characters of class Z");
        assertThat(dialect.encoded(Dialect.message("64", "1")))
                .isEqualTo("DE 64 at byte 4: expected only fields that the dialect has");
        assertThat(dialect.encoded(Dialect.message("3.1", "1")))
                .isEqualTo("DE 3 at byte 12: expected text or bytes, not parts");
    }

    @Test
    void shouldRefuseAnArrayWithoutRoomAtEveryLength() {
        Dialect two = Dialect.of(
                n("3", 6),
                WireField.composite(
                        "48",
                        LLL,
                        99,
                        Composite.tagged(
                                new TagSpec(2, Encoding.ASCII, Padding.NONE, false),
                                parts(ans("01", LL, 9), binary("02", Prefix.BER, 9)),
                                UnknownTags.REJECT,
                                null)));
        IsoMessage made = Dialect.message("3", "123456", "48.01", "AB", "48.02", "CD");
        byte[] out = new byte[100];
        int length = two.codec.encode(made, out, 0);
        assertThat(length).isPositive();
        for (int room = 0; room < length; room++) {
            assertThat(two.codec.encode(made, new byte[room + 3], 3)).isEqualTo(CodecError.NO_ROOM);
            assertThat(two.codec.error().expected()).startsWith("room for");
        }
        assertThat(two.codec.encode(made, new byte[length + 3], 3)).isEqualTo(length);
        two.codec.decode(out, 0, length, two.message);
        assertThat(two.codec.encode(two.message, new byte[length - 1], 0)).isEqualTo(CodecError.NO_ROOM);
        two.message.setAscii(3, "654321");
        for (int room = 0; room < length; room++) {
            assertThat(two.codec.encode(two.message, new byte[room], 0)).isEqualTo(CodecError.NO_ROOM);
        }
    }

    @Test
    void shouldSayNothingWhenNothingWasRefused() {
        dialect.decoded(hex(text("000000"), 3));
        assertThat(dialect.codec.error()).hasToString("none");
        assertThat(dialect.codec.error().code()).isZero();
        assertThat(dialect.codec.error().path()).isEmpty();
        assertThat(dialect.codec.error().byteOffset()).isZero();
        assertThat(dialect.codec.error().expected()).isEqualTo("nothing else");
    }

    @Test
    void shouldRefuseSpecsThatCannotBeCompiled() {
        assertThatThrownBy(() -> Dialect.of(WireField.fixed("2", WireType.BINARY, Encoding.BCD, 2, CharClass.ANY)))
                .hasMessageContaining("field 2")
                .hasMessageContaining("BCD");
        assertThatThrownBy(() -> Dialect.of(ans("2", LL, 0x100_0000))).hasMessageContaining("DE 2");
        assertThatThrownBy(() -> Dialect.of(composite(Composite.positional(parts(n("123456789", 1))))))
                .hasMessageContaining("DE 48.123456789");
        TagSpec tag = new TagSpec(2, Encoding.ASCII, Padding.NONE, false);
        assertThatThrownBy(() -> Dialect.of(composite(Composite.tagged(tag, parts(), UnknownTags.PRESERVE, null))))
                .hasMessageContaining("DE 48: unknown tags");
        TagSpec wide = new TagSpec(9, Encoding.ASCII, Padding.NONE, false);
        assertThatThrownBy(() -> Dialect.of(composite(Composite.tagged(wide, parts(), UnknownTags.REJECT, null))))
                .hasMessageContaining("tag length=9");
        TagSpec first = new TagSpec(2, Encoding.ASCII, Padding.NONE, false, true);
        assertThatThrownBy(() -> Dialect.of(composite(Composite.tagged(first, parts(), UnknownTags.REJECT, null))))
                .hasMessageContaining("unknownPrefix");
        assertThatThrownBy(() -> Dialect.of(composite(
                        Composite.tagged(tag, parts(), UnknownTags.REJECT, null).repeated(2))))
                .hasMessageContaining("groups");
        BitmapSpec bits = BitmapSpec.fixed(Encoding.BINARY, 1);
        assertThatThrownBy(() -> Dialect.of(composite(Composite.bitmapped(bits, parts(n("9", 1))))))
                .hasMessageContaining("DE 48.9");
        WireField deep = composite(Composite.positional(parts(n("1", 1))));
        for (int i = 0; i < 9; i++) {
            deep = composite(Composite.positional(Map.of("1", deep)));
        }
        WireField nested = deep;
        assertThatThrownBy(() -> Dialect.of(nested)).hasMessageContaining("nested deeper than 8");
    }

    private static WireField composite(Composite composite) {
        return WireField.composite("48", LLL, 99, composite);
    }
}
