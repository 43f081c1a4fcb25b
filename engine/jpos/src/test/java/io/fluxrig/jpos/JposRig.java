package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOPackager;

/** Codecs over packagers of jPOS, and one message that they read into and write from. */
abstract class JposRig {
    static final Spec SPEC = spec("fluxrig:v87-ascii");
    static final WireSpec V87 = SPEC.wire();
    static final String NO_HEADER = "";

    final IsoMessage message = new IsoMessage();
    final byte[] room = new byte[4096];

    static Spec spec(String base) {
        return SpecLoader.load(base, SpecLoader.baseText(base).getBytes(US_ASCII))
                .spec();
    }

    static JposCodec codec(ISOPackager packager) {
        return codec(packager, NO_HEADER, V87);
    }

    static JposCodec codec(ISOPackager packager, String headerHex, WireSpec policy) {
        try {
            TlvGuard.install(packager);
        } catch (PackagerFault refused) {
            throw new IllegalArgumentException(refused);
        }
        return new JposCodec(new JposPackager(packager, "Acme", HexFormat.of().parseHex(headerHex)), policy);
    }

    static JposCodec tagged() throws ISOException {
        return codec(new TaggedPackager(), "4142", V87);
    }

    int decode(JposCodec codec, byte[] bytes) {
        byte[] around = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, around, 3, bytes.length);
        return codec.decode(around, 3, bytes.length, message);
    }

    byte[] encode(JposCodec codec) {
        int length = codec.encode(message, room, 5);
        assertThat(codec.error().toString()).isEqualTo("none");
        return Arrays.copyOfRange(room, 5, 5 + length);
    }

    static byte[] purchase(ISOPackager packager) throws ISOException {
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

    static byte[] bytes(String header, String mti, String bitmap, String stan, String length, String bodyHex) {
        byte[] ahead = (header + mti + bitmap + stan + length).getBytes(US_ASCII);
        byte[] body = HexFormat.of().parseHex(bodyHex);
        byte[] all = Arrays.copyOf(ahead, ahead.length + body.length);
        System.arraycopy(body, 0, all, ahead.length, body.length);
        return all;
    }
}
