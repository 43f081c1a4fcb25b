package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import java.util.Arrays;
import java.util.HexFormat;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOPackager;
import org.jpos.iso.packager.GenericPackager;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.Test;

/** The deployed specs against live jPOS packagers, both ways, and from one dialect into the other. */
class JposPeerTest {
    private static final Spec ASCII =
            SpecLoader.load(Deployment.file("config/specs/v87-ascii.yaml")).orThrow();
    private static final Spec BCD =
            SpecLoader.load(Deployment.file("config/specs/scheme-b-bcd.yaml")).orThrow();
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String CHIP = "9F02060000000123459F260811223344556677889F360200155F2A020840DF0102CAFE";

    private final IsoCodec ascii = new IsoCodec(ASCII.wire());
    private final IsoCodec bcd = new IsoCodec(BCD.wire());
    private final IsoMessage message = new IsoMessage();
    private final byte[] dst = new byte[2048];

    @Test
    void shouldReadWhatJposPacksInAscii() throws ISOException {
        byte[] packed = request(new ISO87APackager()).pack();

        assertThat(ascii.decode(packed, 0, packed.length, message)).isEqualTo(packed.length);

        assertThat(message.mti()).isEqualTo(100);
        assertThat(message.text(ASCII.path("stan"))).isEqualTo("000042");
        assertThat(message.text(ASCII.path("amount"))).isEqualTo("000000012345");
        assertThat(message.text(ASCII.path("terminal.id"))).isEqualTo("TERM0001");
    }

    @Test
    void shouldWriteWhatJposUnpacksInAscii() throws ISOException {
        byte[] packed = request(new ISO87APackager()).pack();
        ascii.decode(packed, 0, packed.length, message);
        message.setMti(110);
        message.setAscii(39, "00");
        message.unset(35);
        message.unset(52);

        int length = ascii.encode(message, dst, 0);
        ISOMsg answer = unpack(new ISO87APackager(), length);

        assertThat(answer.getMTI()).isEqualTo("0110");
        assertThat(answer.getString(39)).isEqualTo("00");
        assertThat(answer.getString(11)).isEqualTo("000042");
        assertThat(answer.hasField(35)).isFalse();
        assertThat(answer.hasField(52)).isFalse();
    }

    @Test
    void shouldReadAndWriteChipAndPrivateDataOfSchemeB() throws ISOException {
        ISOMsg request = request(new GenericPackager("jar:packager/iso87binary.xml"));
        request.set(48, "0104ABCD7703xyz");
        request.set(55, HEX.parseHex(CHIP));
        byte[] packed = request.pack();

        assertThat(bcd.decode(packed, 0, packed.length, message))
                .as("%s", bcd.error())
                .isEqualTo(packed.length);

        assertThat(message.text(BCD.path("chip.amount"))).isEqualTo("000000012345");
        assertThat(message.text(BCD.path("chip.cryptogram"))).isEqualToIgnoringCase("1122334455667788");
        assertThat(message.text(FieldPath.parse("55.DF01"))).isEqualToIgnoringCase("CAFE");
        assertThat(message.text(BCD.path("merchant.reference"))).isEqualTo("ABCD");
        assertThat(bcd.encode(message, dst, 0)).isEqualTo(packed.length);
        assertThat(Arrays.copyOf(dst, packed.length)).isEqualTo(packed);
    }

    @Test
    void shouldWriteChipDataThatWasChanged() throws ISOException {
        ISOMsg request = request(new GenericPackager("jar:packager/iso87binary.xml"));
        request.set(55, HEX.parseHex(CHIP));
        byte[] packed = request.pack();
        bcd.decode(packed, 0, packed.length, message);

        message.setAscii(BCD.path("chip.amount"), "000000000001");
        int length = bcd.encode(message, dst, 0);

        assertThat(HEX.formatHex(unpack(new GenericPackager("jar:packager/iso87binary.xml"), length)
                        .getBytes(55)))
                .isEqualTo(CHIP.replace("000000012345", "000000000001"));
    }

    @Test
    void shouldCarryARequestFromOneDialectIntoTheOther() throws ISOException {
        byte[] packed = request(new ISO87APackager()).pack();
        ascii.decode(packed, 0, packed.length, message);

        int length = bcd.encode(message, dst, 0);
        assertThat(length).as("%s", bcd.error()).isPositive();
        ISOMsg arrived = unpack(new GenericPackager("jar:packager/iso87binary.xml"), length);

        for (int field : new int[] {2, 3, 4, 7, 11, 22, 32, 35, 37, 41, 42, 43, 49}) {
            assertThat(arrived.getString(field))
                    .as("DE %d", field)
                    .isEqualTo(request(null).getString(field));
        }
        assertThat(arrived.getBytes(52)).isEqualTo(HEX.parseHex("0123456789ABCDEF"));
    }

    private ISOMsg unpack(ISOPackager packager, int length) throws ISOException {
        ISOMsg unpacked = new ISOMsg();
        unpacked.setPackager(packager);
        unpacked.unpack(Arrays.copyOf(dst, length));
        return unpacked;
    }

    private static ISOMsg request(ISOPackager packager) throws ISOException {
        ISOMsg request = new ISOMsg();
        request.setPackager(packager);
        request.setMTI("0100");
        request.set(2, "5413330089020011");
        request.set(3, "000000");
        request.set(4, "000000012345");
        request.set(7, "0131101500");
        request.set(11, "000042");
        request.set(22, "051");
        request.set(32, "12345");
        request.set(35, "5413330089020011=26122011");
        request.set(37, "603110000042");
        request.set(41, "TERM0001");
        request.set(42, "MERCHANT0000001");
        request.set(43, "ACME STORE 0001          NEW YORK     US");
        request.set(49, "840");
        request.set(52, HEX.parseHex("0123456789ABCDEF"));
        return request;
    }
}
