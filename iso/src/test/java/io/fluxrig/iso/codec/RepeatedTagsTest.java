package io.fluxrig.iso.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts that come several times under one tag, of which only the order tells one from the other. */
class RepeatedTagsTest {
    /** Type, bitmap (55), length, and 82 twice with a 95 and a template between. */
    private static final byte[] TWICE = HexFormat.of()
            .parseHex("30313030" + "0000000000000200" + "16" + "82022001" + "950101" + "E10482020A0B" + "82022002"
                    + "9F02020001");

    private final IsoMessage message = new IsoMessage();
    private final byte[] room = new byte[65_536];

    private static final WireSpec WIRE =
            SpecLoader.load("a.yaml", """
            spec:
              id: a
              version: 1.0.0
              wire:
                fields:
                  0: { type: String, length: 4, enc: ASCII, prefix: ASCII.Fixed }
                  1: { type: Bitmap, length: 8, enc: Binary, prefix: Binary.Fixed }
                  55:
                    type: Composite
                    length: 65000
                    prefix: Binary.L
                    subfields:
                      layout: tlv
                      unknown_tags: preserve
                      parts:
                        - { tag: E1, type: Composite, length: 255, subfields: { layout: tlv, unknown_tags: preserve, parts: [ { tag: "82", type: Binary, length: 2 } ] } }
            """.getBytes(US_ASCII)).orThrow().wire();

    private final IsoCodec codec = new IsoCodec(WIRE);

    private void decode() {
        assertThat(codec.decode(TWICE, 0, TWICE.length, message))
                .as(codec.error().toString())
                .isEqualTo(TWICE.length);
    }

    private byte[] encode(IsoMessage from) {
        int length = codec.encode(from, room, 0);
        assertThat(length).as(codec.error().toString()).isPositive();
        return Arrays.copyOf(room, length);
    }

    @Test
    void shouldFindEachByItsCount() {
        decode();

        assertThat(message.text(FieldPath.parse("55.82"))).isEqualTo("2001");
        assertThat(message.text(FieldPath.parse("55.82#1"))).isEqualTo("2001");
        assertThat(message.text(FieldPath.parse("55.82#2"))).isEqualTo("2002");
        assertThat(message.has(FieldPath.parse("55.82#3"))).isFalse();
    }

    @Test
    void shouldShowEachUnderAPathOfItsOwn() {
        decode();

        assertThat(paths(message)).isEqualTo("mti 55 82 95 E1 82 82#2 9F02");
    }

    @Test
    void shouldWriteTheSameBytesFromValuesSetByTheirPaths() {
        decode();
        IsoMessage again = new IsoMessage();
        again.setMti(100);
        for (String path : new String[] {"55.82", "55.95", "55.E1.82", "55.82#2", "55.9F02"}) {
            again.setAscii(FieldPath.parse(path), message.text(FieldPath.parse(path)));
        }

        assertThat(encode(again)).isEqualTo(TWICE);
    }

    @Test
    void shouldChangeAndRemoveTheOneThatIsMeant() {
        decode();
        message.setAscii(FieldPath.parse("55.82#2"), "2003");
        message.unset(FieldPath.parse("55.82"));

        assertThat(paths(message)).isEqualTo("mti 55 95 E1 82 82 9F02");
        assertThat(message.text(FieldPath.parse("55.82"))).isEqualTo("2003");
    }

    @ParameterizedTest
    @CsvSource({
        "48.AB#1, 48.AB",
        "48.AB#2, 48.AB#2",
        "48.A#2#1, 48.A#2#1",
        "48.AB#0, 48.AB#0",
        "48.AB#2.1#3, 48.AB#2.1#3"
    })
    void shouldSpellAPathInOneWay(String written, String spelled) {
        assertThat(FieldPath.parse(written)).hasToString(spelled);
    }

    @Test
    void shouldLeadToTheFirstOfEachKey() {
        assertThat(FieldPath.parse("48.AB#2.1#3").first()).isEqualTo(FieldPath.parse("48.AB.1"));
        assertThat(FieldPath.parse("48.A#2#1").first()).isEqualTo(FieldPath.parse("48.A#2#1"));
    }

    @Test
    void shouldTellAKeyThatEndsInACountFromACount() {
        message.setMti(100);
        message.setAscii(FieldPath.parse("55.A#2#1"), "X");
        message.setAscii(FieldPath.parse("55.A"), "Y");
        message.setAscii(FieldPath.parse("55.A#2"), "Z");

        assertThat(paths(message)).isEqualTo("mti 55 A#2#1 A A#2");
    }

    @Test
    void shouldCountAsManyAsAMessageMayHave() {
        message.setMti(100);
        for (int i = 1; i <= 4096; i++) {
            message.setAscii(FieldPath.parse("55.82#" + i), "00");
        }

        assertThat(paths(message)).endsWith("82#4094 82#4095 82#4096");
    }

    @Test
    void shouldRefuseAPartWhoseKeyLooksCounted() {
        String part = "parts: [ { tag: \"A#2\", type: String, length: 2, enc: ASCII, prefix: ASCII.LL } ]";

        assertThat(SpecLoader.load(
                                "a.yaml",
                                ("spec: { id: a, version: 1.0.0, wire: { source: moov:spec87ascii, fields: { 48:"
                                                + " { type: Composite, length: 99, prefix: ASCII.LL, subfields: { layout: tlv, tag: { length: 3,"
                                                + " enc: ASCII }, " + part + " } } } } }")
                                        .getBytes(US_ASCII))
                        .ok())
                .isFalse();
        assertThatThrownBy(() -> FieldPath.parse("48.ABCDEFGHI#2")).hasMessageContaining("1 to 8");
    }

    /** The keys that a walk shows, in order. */
    private static String paths(IsoMessage message) {
        StringJoiner keys = new StringJoiner(" ");
        message.walk(new FieldVisitor() {
            @Override
            public void text(Key key, byte[] value, int offset, int length) {
                add(key);
            }

            @Override
            public void bytes(Key key, byte[] value, int offset, int length) {
                add(key);
            }

            @Override
            public void beginTree(Key key) {
                add(key);
            }

            @Override
            public void endTree() {
                // nothing to show
            }

            private void add(Key key) {
                byte[] text = new byte[Key.LENGTH_MAX];
                int length = key.copyTo(text, 0);
                assertThat(key.length()).isEqualTo(length);
                keys.add(new String(text, 0, length, US_ASCII));
            }
        });
        return keys.toString();
    }
}
