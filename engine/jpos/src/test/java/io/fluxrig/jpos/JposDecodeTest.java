package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.Test;

/** What a codec over a packager reads, and what it says of bytes that it cannot read. */
class JposDecodeTest extends JposRig {
    @Test
    void shouldGiveTheFieldsThatThePackagerUnpacks() {
        byte[] bytes = "080082200000000000000400000000000000112310450000012330"
                .concat("1")
                .getBytes(US_ASCII);

        assertThat(decode(codec(new ISO87APackager()), bytes)).isEqualTo(bytes.length);

        assertThat(message.mti()).isEqualTo(800);
        assertThat(message.text(7)).isEqualTo("1123104500");
        assertThat(message.text(70)).isEqualTo("301");
        assertThat(message.nextField(11)).isEqualTo(70);
        assertThat(message.pristine()).as("its bytes are not the spec's").isFalse();
    }

    @Test
    void shouldCallChipDataByItsTags() throws Exception {
        byte[] bytes = bytes("AB", "0100", "0020000000000200", "000123", "017", "9F02060000000123458202200184020102");

        assertThat(decode(tagged(), bytes)).isEqualTo(bytes.length);

        assertThat(message.text(FieldPath.parse("55.82"))).isEqualTo("2001");
        assertThat(message.text(FieldPath.parse("55.9F02")))
                .as("as jPOS gives it")
                .isEqualTo("12345");
        assertThat(encode(tagged())).isEqualTo(bytes);
    }

    @Test
    void shouldCallPartsByTheirPlaces() throws Exception {
        byte[] bytes = "AB010000200000000100000001230122X05HELLOAB0".getBytes(US_ASCII);

        assertThat(decode(tagged(), bytes)).isEqualTo(bytes.length);

        assertThat(message.text(FieldPath.parse("48.2"))).isEqualTo("HELLO");
        assertThat(encode(tagged())).isEqualTo(bytes);
    }

    @Test
    void shouldRefuseTwoPartsForOnePlace() throws Exception {
        JposCodec codec = tagged();
        message.setMti(100);
        message.setAscii(FieldPath.parse("48.1"), "AB");
        message.setAscii(FieldPath.parse("48.1#2"), "CD");

        assertThat(codec.encode(message, room, 0)).isEqualTo(CodecError.TAG);
    }

    @Test
    void shouldRefuseALengthThatThePackagerWouldMakeRoomFor() throws Exception {
        byte[] bytes = bytes("AB", "0100", "0020000000000200", "000123", "008", "9F02847FFFFFFF00");
        JposCodec codec = tagged();

        assertThat(decode(codec, bytes)).isEqualTo(CodecError.CODE);
        assertThat(codec.error().path()).isEqualTo("DE 55");
    }

    @Test
    void shouldTellFieldAndByteOfWhatDoesNotUnpack() {
        JposCodec codec = codec(new ISO87APackager());

        assertThat(decode(
                        codec,
                        "0800822000000000000004000000000000001123104500000123"
                                .concat("3")
                                .getBytes(US_ASCII)))
                .isEqualTo(CodecError.CODE);

        assertThat(codec.error().path()).isEqualTo("DE 70");
        assertThat(codec.error().byteOffset()).isEqualTo(52);
        assertThat(codec.error().toString())
                .isEqualTo("DE 70 at byte 52: expected what Acme unpacks; it threw ISOException");
        assertThat(message.mti()).isEqualTo(IsoMessage.ABSENT);
    }

    @Test
    void shouldGiveTheFieldsAheadOfTheFault() {
        JposCodec codec = codec(new ISO87APackager());
        byte[] bytes = "08008220000000000000040000000000000011231045000001233".getBytes(US_ASCII);

        assertThat(codec.decodeReadable(bytes, 0, bytes.length, message)).isPositive();

        assertThat(message.text(11)).isEqualTo("000123");
        assertThat(message.has(70)).isFalse();
    }

    @Test
    void shouldGiveNothingWithoutAMessageType() {
        JposCodec codec = codec(new ISO87APackager());

        assertThat(codec.decodeReadable("08".getBytes(US_ASCII), 0, 2, message)).isNegative();
        assertThat(codec.error().path()).isEqualTo("MTI");
        assertThat(decode(
                        codec, "08AB0220000000000000".concat("1123104500000123").getBytes(US_ASCII)))
                .isEqualTo(CodecError.MTI);
    }

    @Test
    void shouldNeverTellWhatThePackagerSays() throws Exception {
        JposCodec codec = codec(new TalkingPackager());

        assertThat(decode(codec, purchase(new ISO87APackager()))).isEqualTo(CodecError.CODE);
        assertThat(codec.error().toString())
                .isEqualTo("message: expected what Acme unpacks; it threw IllegalArgumentException");
        message.setMti(100);
        message.setAscii(2, TalkingPackager.PAN);
        assertThat(codec.encode(message, room, 0)).isEqualTo(CodecError.CODE);
        assertThat(codec.error().toString())
                .isEqualTo("message: expected what Acme packs; it threw ISOException of IllegalStateException");
    }

    @Test
    void shouldRefuseBytesBehindTheMessageUnlessTheSpecLeavesThemAlone() {
        byte[] bytes = "080002200000000000001123104500000123??".getBytes(US_ASCII);
        JposCodec strict = codec(new ISO87APackager());
        WireSpec lenient = SpecLoader.load(
                        "lenient.yaml",
                        "spec: { id: lenient, version: 1.0.0, wire: { source: 'fluxrig:v87-ascii', trailing_bytes: ignore } }"
                                .getBytes(US_ASCII))
                .spec()
                .wire();

        assertThat(decode(strict, bytes)).isEqualTo(CodecError.TRAILING_BYTES);
        assertThat(strict.error().toString())
                .isEqualTo("message at byte 36: expected the end, 2 bytes before it comes");
        assertThat(decode(codec(new ISO87APackager(), NO_HEADER, lenient), bytes))
                .isEqualTo(bytes.length);
    }
}
