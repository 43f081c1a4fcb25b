package io.fluxrig.engine.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoPayloadTest {
    /** The 87 ASCII dialect with chip data as TLV. */
    static final Spec SPEC = SpecLoader.load(
                    "test",
                    ("spec: { id: t, version: 1.0.0, wire: { source: 'moov:spec87ascii', fields: { 55: { type: Composite,"
                                    + " length: 999, prefix: ASCII.LLL, subfields: { layout: tlv, unknown_tags: preserve,"
                                    + " parts: [ { tag: 9F02, type: Numeric, length: 6 } ] } } } } }")
                            .getBytes(StandardCharsets.UTF_8))
            .orThrow();

    private final IsoPayload payload = new IsoPayload();
    private final byte[] dst = new byte[2048];

    private byte[] written() {
        CborWriter out = new CborWriter().on(dst, 0, dst.length);
        payload.writeTo(out);
        return Arrays.copyOf(dst, out.result());
    }

    private int read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return payload.readFrom(bytes, 0, bytes.length);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void shouldWriteFieldsInTheOrderOfTheirKeysAndTheMtiLast() {
        payload.message().setMti(100);
        payload.message().setAscii(11, "000042");
        payload.message().setAscii(3, "00");
        payload.message().setBytes(52, new byte[] {1, (byte) 0xFF}, 0, 2);
        payload.message().setAscii(102, "\u00fc");
        payload.message().setBytes(FieldPath.parse("55.9F02"), new byte[] {7}, 0, 1);
        payload.message().setAscii(FieldPath.parse("55.82"), "x");
        assertThat(hex(written()))
                .isEqualTo("a1" + "6769736f38353833" + "a6" + "6133" + "623030" + "623131" + "66303030303432" + "623532"
                        + "4201ff" + "623535" + "a2" + "623832" + "6178" + "6439463032" + "4107" + "63313032" + "62c3bc"
                        + "636d7469" + "6430313030");
    }

    @Test
    void shouldReadBackATagThatComesTwice() {
        byte[] tlv = HexFormat.of().parseHex("82022001" + "82022002");
        byte[] wire = Arrays.copyOf("01000000000000000200008".getBytes(StandardCharsets.US_ASCII), 23 + tlv.length);
        System.arraycopy(tlv, 0, wire, 23, tlv.length);
        IsoCodec codec = new IsoCodec(SPEC.wire());
        assertThat(codec.decode(wire, 0, wire.length, payload.message()))
                .as(codec.error().toString())
                .isEqualTo(wire.length);
        byte[] bytes = written();
        payload.wipe();

        assertThat(payload.readFrom(bytes, 0, bytes.length)).isZero();

        assertThat(payload.message().text(FieldPath.parse("55.82"))).isEqualTo("2001");
        assertThat(payload.message().text(FieldPath.parse("55.82#2"))).isEqualTo("2002");
        assertThat(codec.encode(payload.message(), dst, 0)).isEqualTo(wire.length);
        assertThat(Arrays.copyOf(dst, wire.length)).isEqualTo(wire);
    }

    @Test
    void shouldReadBackWhatItWrites() {
        payload.message().setMti(810);
        payload.message().setAscii(39, "00");
        payload.message().setAscii(102, "\u00fc");
        payload.message().setBytes(52, new byte[] {1, (byte) 0xFF}, 0, 2);
        payload.message().setBytes(FieldPath.parse("55.9F02"), new byte[] {7}, 0, 1);
        byte[] bytes = written();
        payload.wipe();
        assertThat(payload.readFrom(bytes, 0, bytes.length)).isZero();
        IsoMessage message = payload.message();
        assertThat(message.mti()).isEqualTo(810);
        assertThat(message.text(39)).isEqualTo("00");
        assertThat(message.text(102)).isEqualTo("\u00fc");
        assertThat(message.kind(52)).isEqualTo(IsoMessage.BYTES);
        assertThat(message.kind(FieldPath.parse("55.9F02"))).isEqualTo(IsoMessage.BYTES);
        assertThat(payload.derivedFromRaw()).isFalse();
        assertThat(written()).isEqualTo(bytes);
    }

    @Test
    void shouldEncodeTheSameAfterTravellingAsData() {
        IsoCodec codec = new IsoCodec(SPEC.wire());
        byte[] frame = chip();
        assertThat(codec.decode(frame, 0, frame.length, payload.message()))
                .as(() -> codec.error().toString())
                .isEqualTo(frame.length);
        payload.spec(SPEC);
        assertThat(payload.derivedFromRaw()).isTrue();
        byte[] data = written();
        IsoPayload far = new IsoPayload();
        assertThat(far.readFrom(data, 0, data.length)).isZero();
        byte[] again = new byte[512];
        int length = codec.encode(far.message(), again, 0);
        assertThat(length).as(() -> codec.error().toString()).isEqualTo(frame.length);
        assertThat(far.message().text(FieldPath.parse("55.9F02"))).isEqualTo("000000001000");
    }

    /** Field 55 in bytes: 9F02 with an amount and a tag that nobody knows. */
    private static byte[] chip() {
        byte[] head = ("0100" + "7020000000000200" + "16" + "4111110000001111" + "000000" + "000000001000" + "000042"
                        + "014")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] tlv = HexFormat.of().parseHex("9F0206000000001000" + "DF0102CAFE");
        byte[] frame = Arrays.copyOf(head, head.length + tlv.length);
        System.arraycopy(tlv, 0, frame, head.length, tlv.length);
        return frame;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 15, 16, 17, 23, 24, 40})
    void shouldKeepACharacterAbove127AtAnyPlaceAndTextBesideIt(int length) {
        String plain = "SOME SHOP AT A CORNER      SOMEWHERE  NL".substring(0, length);
        for (int place = 0; place < length; place++) {
            String name = plain.substring(0, place) + '\u00c9' + plain.substring(place + 1);
            payload.message().clear();
            payload.message().setAscii(42, plain);
            payload.message().setAscii(43, name);
            payload.message().setAscii(44, plain);
            byte[] data = written();
            assertThat(payload.readFrom(data, 0, data.length)).isZero();
            assertThat(payload.message().text(42)).isEqualTo(plain);
            assertThat(payload.message().text(43)).isEqualTo(name);
            assertThat(payload.message().text(44)).isEqualTo(plain);
        }
    }

    @Test
    void shouldCopyIntoASparePayloadThatLivesOnItsOwn() {
        payload.message().setAscii(11, "000042");
        IsoPayload spare = new IsoPayload();
        assertThat(payload.copyInto(spare)).isSameAs(spare);
        payload.wipe();
        assertThat(spare.message().text(11)).isEqualTo("000042");
        assertThat(payload.copyInto(null)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "a1 6769736f38353833 a1 6131 01, -10",
        "a1 6769736f38353833 a1 63313933 6130, -10",
        "a1 6769736f38353833 a1 6178 6130, -10",
        "a1 6769736f38353833 a1 6131 6130, -10",
        "a1 6769736f38353833 a1 613201, -2",
        "a1 6769736f38353833 a1 6132 63e282ac, -10",
        "a1 6769736f38353833 a1 636d7469 6131, -10",
        "a1 6769736f38353833 a1 636d7469 6461313030, -10",
        "a1 6769736f38353833 a1 623535 a1 60 6130, -10",
        "a1 6769736f38353833 a1 623535 a1 69313233343536373839 6130, -10",
        "a1 6769736f38353833 80, -2",
        "a1 6769736f38353833 a2, -1",
        "80, -2"
    })
    void shouldRefuseDataThatIsNoMessage(String hex, int fault) {
        assertThat(read(hex)).isEqualTo(fault);
        assertThat(payload.message().nextField(-1)).isEqualTo(-1);
    }

    @Test
    void shouldRefuseCompositesNestedTooDeep() {
        String hex = "a1 6769736f38353833 a1 623535" + "a16131".repeat(20) + "6130";
        assertThat(read(hex)).isEqualTo(CborFault.TOO_DEEP);
    }

    @Test
    void shouldReadOtherContentAsAnEmptyMessage() {
        assertThat(read("a1 63666f6f 01")).isZero();
        assertThat(payload.message().nextField(-1)).isEqualTo(-1);
    }
}
