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

import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.TagSpec;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Composites, as the bytes of DE 48 behind an LLL. */
class CompositeWireTest {

    private static final Map<String, WireField> NAMED = parts(n("1", 2), ans("2", LL, 9), n("3", 1));

    private static Dialect dialect(Composite composite) {
        return Dialect.of(WireField.composite("48", LLL, 300, composite));
    }

    private static String body(String bytes) {
        String clean = bytes.replace(" ", "");
        return hex(text(String.format("%03d", clean.length() / 2)) + clean, 48);
    }

    private static void shouldReadAndWrite(Composite composite, String body, String... pathsAndValues) {
        Dialect dialect = dialect(composite);
        dialect.decoded(body(body));
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            assertThat(dialect.value("48." + pathsAndValues[i])).isEqualTo(pathsAndValues[i + 1]);
        }
        assertThat(dialect.encoded(dialect.message)).isEqualTo(body(body));
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            pathsAndValues[i] = "48." + pathsAndValues[i];
        }
        assertThat(dialect.encoded(Dialect.message(pathsAndValues))).isEqualTo(body(body));
        assertThat(dialect(composite).encoded(dialect.message)).isEqualTo(body(body));
    }

    @Test
    void shouldReadAndWriteByPlace() {
        shouldReadAndWrite(Composite.positional(NAMED), text("12" + "03ABC" + "9"), "1", "12", "2", "ABC", "3", "9");
        shouldReadAndWrite(Composite.positional(NAMED), text("12"), "1", "12");
    }

    @Test
    void shouldWriteAnEmptyPlaceWhereALaterPartFollows() {
        Dialect dialect = dialect(Composite.positional(parts(n("1", 2), ans("2", LL, 9), n("3", 1))));
        assertThat(dialect.encoded(Dialect.message("48.1", "12", "48.3", "9")))
                .isEqualTo(body(text("12" + "00" + "9")));
        assertThat(dialect.encoded(Dialect.message("48.3", "9")))
                .isEqualTo("DE 48.1 at byte 15: expected at least 2, length=0");
        Dialect filling = dialect(Composite.positional(parts(n("1", 2).padded(Padding.left('0', false)), n("3", 1))));
        assertThat(filling.encoded(Dialect.message("48.3", "9"))).isEqualTo(body(text("009")));
    }

    @Test
    void shouldRefusePartsThatAreNotThere() {
        Dialect dialect = dialect(Composite.positional(NAMED));
        assertThat(dialect.encoded(Dialect.message("48.1", "12", "48.7", "9")))
                .startsWith("DE 48.7 at byte")
                .endsWith("expected only fields that the dialect has");
        assertThat(dialect.refusal(body(text("12" + "03ABC" + "98"))))
                .isEqualTo("DE 48 at byte 23: expected the end, 1 byte before it comes");
        assertThat(dialect.refusal(body(text("12" + "04ABC"))))
                .isEqualTo("DE 48.2 at byte 19: expected 4 bytes, length=3");
        assertThat(dialect.refusal(body(text("1A")))).isEqualTo("DE 48.1 at byte 16: expected characters of class N");
    }

    @ParameterizedTest
    @CsvSource({
        "ASCII, 2, 01, 3031",
        "EBCDIC, 2, 01, F0F1",
        "BCD, 2, 01, 01",
        "BCD, 3, 123, 0123",
        "LBCD, 3, 123, 1230",
        "BINARY, 1, 9F, 9F",
        "HEX_TO_BYTES, 2, 9F02, 9F02",
        "EBCDIC1047, 1, [, AD",
    })
    void shouldReadAndWriteTags(Encoding enc, int length, String key, String bytes) {
        Composite composite = Composite.tagged(
                new TagSpec(length, enc, Padding.NONE, false), parts(ans(key, LL, 9)), UnknownTags.REJECT, null);
        shouldReadAndWrite(composite, bytes + text("02AB"), key, "AB");
    }

    @Test
    void shouldFindPaddedTags() {
        Composite composite = Composite.tagged(
                new TagSpec(3, Encoding.ASCII, Padding.left('0', true), false),
                parts(ans("7", LL, 9), ans("12", LL, 9)),
                UnknownTags.REJECT,
                null);
        shouldReadAndWrite(composite, text("01202AB" + "00701C"), "12", "AB", "7", "C");
    }

    @Test
    void shouldWriteTagsInOrderWhereTheDialectSaysSo() {
        Composite composite = Composite.tagged(
                new TagSpec(2, Encoding.ASCII, Padding.NONE, true),
                parts(ans("01", LL, 9), ans("02", LL, 9)),
                UnknownTags.PRESERVE,
                LL);
        Dialect dialect = dialect(composite);
        String written = dialect.encoded(Dialect.message("48.99", "41", "48.02", "B", "48.01", "A"));
        assertThat(written).isEqualTo(body(text("0101A" + "0201B" + "9901A")));
        dialect.decoded(body(text("0201B" + "0201C" + "0101A" + "0201D")));
        assertThat(dialect(composite).encoded(dialect.message))
                .isEqualTo(body(text("0101A" + "0201B" + "0201C" + "0201D")));
    }

    @Test
    void shouldReadAndWriteLengthsAheadOfTags() {
        Composite composite = Composite.tagged(
                new TagSpec(2, Encoding.ASCII, Padding.NONE, false, true),
                parts(ans("01", Prefix.NONE, 9), ans("02", Prefix.NONE, 9)),
                UnknownTags.PRESERVE,
                LL);
        shouldReadAndWrite(composite, text("0501ABC" + "0202" + "0477XY"), "01", "ABC", "02", "", "77", "5859");
        assertThat(dialect(composite).refusal(body(text("0101A"))))
                .isEqualTo("DE 48.01 at byte 15: expected at least 2, length=1");
        assertThat(dialect(composite).refusal(body(text("0901A"))))
                .isEqualTo("DE 48.01 at byte 19: expected 7 bytes, length=1");
    }

    @Test
    void shouldReadAndWritePartsAheadOfTagsAndBitmaps() {
        Composite tagged = Composite.tagged(
                        new TagSpec(2, Encoding.ASCII, Padding.left('0', false), true),
                        parts(ans("1", LL, 9), ans("2", LL, 9)),
                        UnknownTags.PRESERVE,
                        LL)
                .behind(parts(n("0", 3)));
        Composite bitmapped = Composite.bitmapped(BitmapSpec.fixed(Encoding.BINARY, 1), parts(n("2", 1), n("8", 1)))
                .behind(parts(n("h", 2)));
        shouldReadAndWrite(tagged, text("123" + "0101A" + "0202BC"), "0", "123", "1", "A", "2", "BC");
        shouldReadAndWrite(tagged, text("123"), "0", "123");
        shouldReadAndWrite(bitmapped, text("07") + "41" + text("58"), "h", "07", "2", "5", "8", "8");
        assertThat(dialect(tagged).refusal(body(text("123" + "0000"))))
                .isEqualTo("DE 48.0 at byte 18: expected a tag that the dialect has");
        assertThat(dialect(tagged).encoded(Dialect.message("48.1", "A")))
                .isEqualTo("DE 48.0 at byte 15: expected at least 3, length=0");
    }

    @Test
    void shouldTellFromTheFirstCharacterIfALeadIsThere() {
        Composite composite = Composite.tagged(
                        new TagSpec(2, Encoding.ASCII, Padding.left('0', false), true),
                        parts(ans("1", LL, 9)),
                        UnknownTags.REJECT,
                        null)
                .behind(parts(WireField.fixed("0", WireType.STRING, Encoding.ASCII, 1, CharClass.A)), true);
        shouldReadAndWrite(composite, text("T" + "0101A"), "0", "T", "1", "A");
        shouldReadAndWrite(composite, text("0101A"), "1", "A");
        shouldReadAndWrite(composite, text("T"), "0", "T");
        assertThatThrownBy(() -> dialect(Composite.bitmapped(BitmapSpec.fixed(Encoding.BINARY, 1), parts(n("2", 1)))
                        .behind(parts(WireField.fixed("h", WireType.BINARY, Encoding.BINARY, 1, CharClass.ANY)), true)))
                .hasMessageContaining("a lead that may be missing");
    }

    @Test
    void shouldTreatUnknownTagsAsTold() {
        String body = text("0101A" + "9903XYZ" + "0201B");
        TagSpec tag = new TagSpec(2, Encoding.ASCII, Padding.NONE, false);
        Map<String, WireField> known = parts(ans("01", LL, 9), ans("02", LL, 9));
        Dialect keeps = dialect(Composite.tagged(tag, known, UnknownTags.PRESERVE, LL));
        assertThat(keeps.decoded(body(body)).value("48.99")).isEqualTo("58595A");
        keeps.message.setAscii(FieldPath.parse("48.02"), "C");
        assertThat(keeps.encoded(keeps.message)).isEqualTo(body(text("0101A" + "9903XYZ" + "0201C")));
        Dialect skips = dialect(Composite.tagged(tag, known, UnknownTags.SKIP, LL));
        assertThat(skips.decoded(body(body)).value("48.99")).isNull();
        assertThat(skips.encoded(skips.message)).isEqualTo(body(body));
        skips.message.setAscii(FieldPath.parse("48.02"), "C");
        assertThat(skips.encoded(skips.message)).isEqualTo(body(text("0101A" + "0201C")));
        Dialect rejects = dialect(Composite.tagged(tag, known, UnknownTags.REJECT, null));
        assertThat(rejects.refusal(body(body))).isEqualTo("DE 48.99 at byte 20: expected a tag that the dialect has");
    }

    @Test
    void shouldReadAndWriteByBitmap() {
        Composite binary = Composite.bitmapped(
                BitmapSpec.fixed(Encoding.BINARY, 2), parts(n("1", 1), ans("9", LL, 9), n("16", 2)));
        shouldReadAndWrite(binary, "8081" + text("7" + "02AB" + "99"), "1", "7", "9", "AB", "16", "99");
        Composite hex = Composite.bitmapped(BitmapSpec.fixed(Encoding.HEX_ASCII, 1), parts(n("2", 1)));
        shouldReadAndWrite(hex, text("40" + "7"), "2", "7");
        assertThat(dialect(binary).refusal(body("4000")))
                .isEqualTo("DE 48.2 at byte 15: expected only fields that the dialect has");
        assertThat(dialect(binary).refusal(body("80"))).isEqualTo("DE 48 at byte 15: expected 2 bytes, length=1");
    }

    @Test
    void shouldWriteAnEmptyBitmapWhereALaterPartFollows() {
        Composite bits = Composite.bitmapped(BitmapSpec.fixed(Encoding.BINARY, 2), parts(n("1", 1)));
        Composite composite = Composite.positional(parts(WireField.composite("1", LL, 9, bits), n("2", 1)));
        Dialect dialect = dialect(composite);
        assertThat(dialect.encoded(Dialect.message("48.2", "7"))).isEqualTo(body(text("02") + "0000" + text("7")));
        assertThat(dialect.decoded(body(text("02") + "0000" + text("7"))).value("48.2"))
                .isEqualTo("7");
    }

    @Test
    void shouldExtendABitmapOfParts() {
        Composite composite =
                Composite.bitmapped(BitmapSpec.secondary(Encoding.BINARY), parts(n("2", 1), n("65", 1), n("128", 1)));
        shouldReadAndWrite(composite, "4000000000000000" + text("7"), "2", "7");
        shouldReadAndWrite(composite, "8000000000000000" + "8000000000000001" + text("78"), "65", "7", "128", "8");
    }

    @Test
    void shouldReadAndWriteGroups() {
        Composite composite =
                Composite.positional(parts(n("1", 2), ans("2", LL, 9))).repeated(3);
        shouldReadAndWrite(
                composite,
                text("1102AB" + "2201C" + "33"),
                "1.1",
                "11",
                "1.2",
                "AB",
                "2.1",
                "22",
                "2.2",
                "C",
                "3.1",
                "33");
        assertThat(dialect(composite).refusal(body(text("1101A2201B3301C4401D"))))
                .isEqualTo("DE 48 at byte 30: expected at most 3 groups");
        assertThat(dialect(composite).refusal(body(text("1101A2X"))))
                .isEqualTo("DE 48.2.1 at byte 21: expected characters of class N");
    }

    @Test
    void shouldReadAndWriteNestedParts() {
        WireField inner = WireField.composite("A", LL, 20, Composite.positional(parts(n("x", 1), n("y", 1))));
        Composite composite = Composite.tagged(
                new TagSpec(1, Encoding.ASCII, Padding.NONE, false), parts(inner, n("B", 1)), UnknownTags.REJECT, null);
        shouldReadAndWrite(composite, text("A0278" + "B9"), "A.x", "7", "A.y", "8", "B", "9");
        assertThat(dialect(composite).refusal(body(text("A027Q"))))
                .isEqualTo("DE 48.A.y at byte 19: expected characters of class N");
    }

    @Test
    void shouldFillAFixedBody() {
        WireField field = WireField.composite("48", Prefix.FIXED, 5, Composite.positional(parts(n("1", 2))))
                .padded(Padding.right(' ', true));
        Dialect dialect = Dialect.of(field);
        assertThat(dialect.decoded(hex(text("12   "), 48)).value("48.1")).isEqualTo("12");
        assertThat(dialect.encoded(Dialect.message("48.1", "12"))).isEqualTo(hex(text("12   "), 48));
        assertThat(dialect.refusal(hex(text("12  3"), 48)))
                .isEqualTo("DE 48 at byte 14: expected the end, 3 bytes before it comes");
    }

    @Test
    void shouldRefuseToWriteAPartTwice() {
        Dialect tlv = dialect(Composite.tagged(
                new TagSpec(1, Encoding.ASCII, Padding.NONE, false), parts(n("1", 2)), UnknownTags.REJECT, null));
        tlv.decoded(body(text("112" + "134")));
        String refusal = "expected only fields that the dialect has";
        assertThat(dialect(Composite.positional(parts(n("1", 2), ans("2", LL, 9))))
                        .encoded(tlv.message))
                .startsWith("DE 48.1 at byte")
                .endsWith(refusal);
        BitmapSpec bits = BitmapSpec.fixed(Encoding.BINARY, 1);
        assertThat(dialect(Composite.bitmapped(bits, parts(n("1", 2)))).encoded(tlv.message))
                .startsWith("DE 48.1 at byte")
                .endsWith(refusal);
    }

    @Test
    void shouldKeepAnEmptyComposite() {
        Dialect dialect = dialect(Composite.positional(NAMED));
        assertThat(dialect.decoded(body("")).message.kind(48)).isEqualTo(IsoMessage.TREE);
        dialect.message.setAscii(FieldPath.parse("48.1"), "12");
        dialect.message.unset(FieldPath.parse("48.1"));
        assertThat(dialect.encoded(dialect.message)).isEqualTo(body(""));
    }

    @Test
    void shouldPassABodyBetweenPartsAndOpaqueBytes() {
        Dialect parted = dialect(Composite.positional(NAMED));
        Dialect opaque = Dialect.of(binary("48", LLL, 300));
        String wire = body(text("12" + "03ABC"));
        assertThat(opaque.encoded(parted.decoded(wire).message)).isEqualTo(wire);
        assertThat(parted.encoded(opaque.decoded(wire).message)).isEqualTo(wire);
        parted.decoded(wire).message.setAscii(FieldPath.parse("48.1"), "13");
        assertThat(opaque.encoded(parted.message)).isEqualTo(body(text("13" + "03ABC")));
        assertThat(opaque.encoded(Dialect.message("48.1", "13")))
                .isEqualTo("DE 48 at byte 12: expected text or bytes, not parts");
    }

    @Test
    void shouldPassALongChangedBodyToADialectThatDoesNotPartIt() {
        Dialect parted = dialect(Composite.positional(parts(n("1", 1), ans("2", LLL, 290))));
        Dialect opaque = Dialect.of(binary("48", LLL, 300));
        parted.decoded(body(text("1" + "280" + "A".repeat(280)))).message.setAscii(FieldPath.parse("48.1"), "2");
        assertThat(opaque.encoded(parted.message)).isEqualTo(body(text("2" + "280" + "A".repeat(280))));
        opaque.codec.wipe();
        parted.message.setAscii(FieldPath.parse("48.1"), "X");
        assertThat(opaque.encoded(parted.message)).startsWith("DE 48.1 at byte");
    }
}
