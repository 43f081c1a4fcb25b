package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOPackager;
import org.jpos.iso.packager.Base1Packager;
import org.jpos.iso.packager.GenericPackager;
import org.jpos.iso.packager.ISO87APackager;
import org.jpos.iso.packager.ISO87BPackager;
import org.jpos.iso.packager.PostPackager;
import org.jpos.iso.packager.XMLPackager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JposCodecTest {
    private static final Spec SPEC = spec("fluxrig:v87-ascii");
    private static final WireSpec V87 = SPEC.wire();
    private static final String NO_HEADER = "";

    private final IsoMessage message = new IsoMessage();
    private final byte[] room = new byte[4096];

    private static Spec spec(String base) {
        return SpecLoader.load(base, SpecLoader.baseText(base).getBytes(US_ASCII))
                .spec();
    }

    private static JposCodec codec(ISOPackager packager) {
        return codec(packager, NO_HEADER, V87);
    }

    private static JposCodec codec(ISOPackager packager, String headerHex, WireSpec policy) {
        try {
            TlvGuard.install(packager);
        } catch (PackagerFault refused) {
            throw new IllegalArgumentException(refused);
        }
        return new JposCodec(new JposPackager(packager, "Acme", HexFormat.of().parseHex(headerHex)), policy);
    }

    private static JposCodec tagged() throws ISOException {
        return codec(new TaggedPackager(), "4142", V87);
    }

    private int decode(JposCodec codec, byte[] bytes) {
        byte[] around = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, around, 3, bytes.length);
        return codec.decode(around, 3, bytes.length, message);
    }

    private byte[] encode(JposCodec codec) {
        int length = codec.encode(message, room, 5);
        assertThat(codec.error().toString()).isEqualTo("none");
        return Arrays.copyOfRange(room, 5, 5 + length);
    }

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ISO87APackager",
                "ISO87APackagerBBitmap",
                "ISO87BPackager",
                "ISO93APackager",
                "ISO93BPackager",
                "EuroPackager",
                "XMLPackager"
            })
    void shouldWriteWhatItRead(String name) throws Exception {
        ISOPackager packager = Class.forName("org.jpos.iso.packager." + name)
                .asSubclass(ISOPackager.class)
                .getConstructor()
                .newInstance();
        byte[] bytes = purchase(packager);
        JposCodec codec = codec(packager);

        assertThat(decode(codec, bytes)).isEqualTo(bytes.length);

        assertThat(encode(codec)).isEqualTo(bytes);
    }

    private static byte[] purchase(ISOPackager packager) throws ISOException {
        ISOMsg purchase = new ISOMsg("0100");
        purchase.setPackager(packager);
        purchase.set(2, "4761739001010119");
        purchase.set(3, "000000");
        purchase.set(4, "000000012345");
        purchase.set(11, "000123");
        purchase.set(41, "TERM0001");
        purchase.set(52, new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 0xF8});
        purchase.set(70, "301");
        return purchase.pack();
    }

    @Test
    void shouldWriteWhatItReadOfMessagesInsideMessages() throws Exception {
        ISOMsg request = new ISOMsg("0200");
        request.setPackager(new PostPackager());
        request.set(11, "000123");
        ISOMsg inside = new ISOMsg(127);
        inside.set(2, "SWITCH KEY");
        inside.set(3, "ROUTING INFORMATION");
        request.set(inside);
        byte[] bytes = request.pack();
        JposCodec codec = codec(new PostPackager());

        assertThat(decode(codec, bytes)).isEqualTo(bytes.length);

        assertThat(message.text(FieldPath.parse("127.2"))).isEqualTo("SWITCH KEY");
        assertThat(encode(codec)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<isopackager><isofield id='1' length='24' name='bitmap' class='org.jpos.iso.IFB_BITMAP'/>",
                "<isopackager thirdBitmapField='65'><isofield id='1' length='16' name='bitmap' class='org.jpos.iso.IFB_BITMAP'/>"
                        + "<isofield id='65' length='8' name='third' class='org.jpos.iso.IFB_BITMAP'/>"
            })
    void shouldWriteWhatItReadBehindAThirdBitmap(String bitmaps) throws Exception {
        String file = "<!DOCTYPE isopackager PUBLIC '-//jPOS/jPOS Generic Packager DTD 1.0//EN'"
                + " 'http://jpos.org/dtd/generic-packager-1.0.dtd'>" + bitmaps
                + "<isofield id='0' length='4' name='type' class='org.jpos.iso.IFA_NUMERIC'/>"
                + "<isofield id='11' length='6' name='STAN' class='org.jpos.iso.IFA_NUMERIC'/>"
                + "<isofield id='130' length='4' name='last' class='org.jpos.iso.IF_CHAR'/></isopackager>";
        GenericPackager packager = new GenericPackager(new ByteArrayInputStream(file.getBytes(US_ASCII)));
        ISOMsg request = new ISOMsg("2100");
        request.setPackager(packager);
        request.set(11, "000123");
        request.set(130, "ACME");
        byte[] bytes = request.pack();
        JposCodec codec = codec(packager);

        assertThat(decode(codec, bytes)).isEqualTo(bytes.length);

        assertThat(message.nextField(11)).isEqualTo(130);
        assertThat(encode(codec)).isEqualTo(bytes);
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
    void shouldWriteAnAmountWithItsCurrency() throws Exception {
        byte[] bytes = "AB010000200000000000100001239782000000012345".getBytes(US_ASCII);

        assertThat(decode(tagged(), bytes)).isEqualTo(bytes.length);

        assertThat(encode(tagged())).isEqualTo(bytes);
    }

    @Test
    void shouldWriteATagThatComesTwiceTwice() throws Exception {
        byte[] bytes = bytes("AB", "0100", "0020000000000200", "000123", "011", "82022001" + "950101" + "82022002");

        assertThat(decode(tagged(), bytes)).isEqualTo(bytes.length);

        assertThat(message.text(FieldPath.parse("55.82#2"))).isEqualTo("2002");
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

    private static byte[] bytes(String header, String mti, String bitmap, String stan, String length, String bodyHex) {
        byte[] ahead = (header + mti + bitmap + stan + length).getBytes(US_ASCII);
        byte[] body = HexFormat.of().parseHex(bodyHex);
        byte[] all = Arrays.copyOf(ahead, ahead.length + body.length);
        System.arraycopy(body, 0, all, ahead.length, body.length);
        return all;
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

    @Test
    void shouldTellTheFieldThatDoesNotPack() {
        JposCodec codec = codec(new ISO87APackager());
        message.setMti(800);
        message.setAscii(39, "0123456789");

        assertThat(codec.encode(message, room, 0)).isEqualTo(CodecError.CODE);
        assertThat(codec.error().path()).isEqualTo("DE 39");
    }

    @Test
    void shouldRefuseAFieldThatThePackagerLacks() throws Exception {
        JposCodec codec = tagged();
        message.setMti(800);
        message.setAscii(12, "104500");

        assertThat(codec.encode(message, room, 0)).isEqualTo(CodecError.FIELD_UNDEFINED);
        assertThat(codec.error().toString()).isEqualTo("DE 12: expected only fields that the dialect has");
    }

    @Test
    void shouldRefusePartsWhereThePackagerTakesOneValue() throws Exception {
        JposCodec codec = tagged();
        message.setMti(800);
        message.setAscii(FieldPath.parse("11.1"), "1");
        message.setAscii(70, "301");

        assertThat(codec.encode(message, room, 0)).isEqualTo(CodecError.KIND);
        assertThat(codec.error().path()).isEqualTo("DE 11");
    }

    @Test
    void shouldReadTextAsHexForAFieldOfBytes() {
        JposCodec codec = codec(new ISO87BPackager());
        message.setMti(100);
        message.setAscii(52, "0102030405060708");

        assertThat(encode(codec)).isEqualTo(HexFormat.of().parseHex("010000000000000010000102030405060708"));
        message.setAscii(52, "NOTHEX..");
        assertThat(codec.encode(message, room, 0)).isEqualTo(CodecError.KIND);
    }

    @Test
    void shouldPutTheHeaderAheadOfWhatItWrites() throws Exception {
        message.setMti(800);
        message.setAscii(11, "000123");

        assertThat(new String(encode(tagged()), US_ASCII)).startsWith("AB0800");
    }

    @Test
    void shouldRefuseAMessageWithoutAType() {
        JposCodec codec = codec(new ISO87APackager());

        assertThat(codec.encode(message, room, 0)).isEqualTo(CodecError.MTI);
    }

    @Test
    void shouldRefuseAMessageLongerThanItsRoom() {
        JposCodec codec = codec(new ISO87APackager());
        message.setMti(800);
        message.setAscii(11, "000123");

        assertThat(codec.encode(message, new byte[20], 0)).isEqualTo(CodecError.NO_ROOM);
    }

    @Test
    void shouldRefuseCharactersThatNoByteIs() throws Exception {
        String snowman = "<isomsg><field id='0' value='0800'/><field id='11' value='&#9731;'/></isomsg>";

        assertThat(decode(codec(new XMLPackager()), snowman.getBytes(US_ASCII))).isEqualTo(CodecError.CHARACTER);
    }

    @Test
    void shouldMeetADialectOfOurs() throws Exception {
        IsoCodec ours = new IsoCodec(V87);
        byte[] ascii = purchase(new ISO87APackager());
        decode(codec(new Base1Packager()), purchase(new Base1Packager()));

        int length = ours.encode(message, room, 0);

        assertThat(ours.error().toString()).isEqualTo("none");
        assertThat(Arrays.copyOf(room, length)).isEqualTo(ascii);
        assertThat(ours.decode(ascii, 0, ascii.length, message)).isPositive();
        assertThat(encode(codec(new Base1Packager()))).isEqualTo(purchase(new Base1Packager()));
    }

    @Test
    void shouldNeverTakeTheSpecsBytesForThePackagers() {
        IsoPayload asTheSpecSays = new IsoPayload();
        byte[] bytes = "08000000000000000000".getBytes(US_ASCII);
        new IsoCodec(V87).decode(bytes, 0, bytes.length, asTheSpecSays.message());
        asTheSpecSays.spec(SPEC);

        assertThat(asTheSpecSays.derivedFromRaw()).isTrue();
        assertThat(codec(new ISO87BPackager()).writes(asTheSpecSays)).isFalse();
    }
}
