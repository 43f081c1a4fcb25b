package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.FieldPath;
import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOPackager;
import org.jpos.iso.packager.GenericPackager;
import org.jpos.iso.packager.ISO87APackager;
import org.jpos.iso.packager.ISO87BPackager;
import org.jpos.iso.packager.PostPackager;
import org.jpos.iso.packager.XMLPackager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a codec over a packager writes, and what it refuses to write. */
class JposEncodeTest extends JposRig {
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
}
