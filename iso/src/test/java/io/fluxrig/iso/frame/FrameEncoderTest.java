package io.fluxrig.iso.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameEncoderTest {
    private static final byte[] BODY = Hex.bytes("30383030");
    private final byte[] dst = new byte[128];

    @Test
    void shouldWriteLengthHeadersBodyAndTrailer() {
        FrameEncoder encoder = new FrameEncoder(Framing.builder(Variant.GENERIC)
                .lengthSize(4)
                .lengthEncoding(LengthEncoding.ASCII)
                .protocolHeaderSize(2)
                .protocolHeader(Hex.bytes("4953"))
                .tpduEnabled(true)
                .tpdu(Hex.bytes("6000030000"))
                .trailer(Hex.bytes("03"))
                .build());

        int length = encoder.encode(BODY, 0, 4, dst, 3);

        assertThat(Hex.text(dst, 3, length)).isEqualTo("30303131" + "4953" + "6000030000" + "30383030" + "03");
    }

    @Test
    void shouldSwapTpduOfAnAnswer() {
        FrameEncoder encoder =
                new FrameEncoder(Framing.builder(Variant.HYPERCOM).build());

        int length = encoder.encodeReply(Hex.bytes("0810"), 0, 2, Hex.bytes("FF6000031234"), 1, 5, dst, 0);

        assertThat(Hex.text(dst, 0, length)).isEqualTo("0007" + "6012340003" + "0810");
    }

    @Test
    void shouldReturnTpduAsItCameWithoutSwap() {
        FrameEncoder encoder = new FrameEncoder(
                Framing.builder(Variant.HYPERCOM).tpduSwap(false).build());

        int length = encoder.encodeReply(Hex.bytes("0810"), 0, 2, Hex.bytes("6000031234"), 0, 5, dst, 0);

        assertThat(Hex.text(dst, 0, length)).isEqualTo("0007" + "6000031234" + "0810");
    }

    @Test
    void shouldWriteConfiguredHeaderWhereTheRequestHadAnother() {
        FrameEncoder encoder =
                new FrameEncoder(Framing.builder(Variant.HYPERCOM).build());

        int length = encoder.encodeReply(Hex.bytes("0810"), 0, 2, Hex.bytes("600003"), 0, 3, dst, 0);

        assertThat(Hex.text(dst, 0, length)).isEqualTo("0007" + "6000000000" + "0810");
    }

    @Test
    void shouldNotPreserveHeaderUnlessAsked() {
        FrameEncoder encoder = new FrameEncoder(Framing.builder(Variant.GENERIC)
                .protocolHeaderSize(2)
                .preserveHeaders(false)
                .build());

        int length = encoder.encodeReply(BODY, 0, 4, Hex.bytes("ABCD"), 0, 2, dst, 0);

        assertThat(Hex.text(dst, 0, length)).isEqualTo("0006" + "0000" + "30383030");
    }

    @Test
    void shouldSwapVisaStationsAndWriteNewTotal() {
        FrameEncoder encoder = new FrameEncoder(Framing.builder(Variant.VISA)
                .visaSrcId("123456")
                .visaDstId("000789")
                .build());

        int length = encoder.encode(BODY, 0, 4, dst, 0);
        String request = Hex.text(dst, 0, length);
        assertThat(request)
                .isEqualTo("001A0000" + "160102001A" + "000789" + "123456" + "0000000000000000000000" + "30383030");

        byte[] header = Hex.bytes(request.substring(8, 52));
        header[10] = 0x42;
        length = encoder.encodeReply(Hex.bytes("3038313031"), 0, 5, header, 0, 22, dst, 0);
        assertThat(Hex.text(dst, 0, length))
                .isEqualTo("001B0000" + "160102001B" + "123442" + "000789" + "0000000000000000000000" + "3038313031");
    }

    @Test
    void shouldWriteUnionPayHeader() {
        FrameEncoder encoder =
                new FrameEncoder(Framing.builder(Variant.UNIONPAY).build());

        int length = encoder.encode(BODY, 0, 4, dst, 0);

        String spaces = "20".repeat(22);
        assertThat(Hex.text(dst, 0, length))
                .isEqualTo("30303530" + "2E8230303530" + spaces + "000000" + "00" + "3030303030303030" + "30"
                        + "3030303030" + "30383030");
    }

    @Test
    void shouldLeaveBodyWhereItAlreadyStands() {
        Framing framing = Framing.builder(Variant.HYPERCOM).build();
        System.arraycopy(Hex.bytes("0800"), 0, dst, 10 + framing.headroom(), 2);

        int length = new FrameEncoder(framing).encode(dst, 10 + framing.headroom(), 2, dst, 10);

        assertThat(Hex.text(dst, 10, length)).isEqualTo("0007" + "6000000000" + "0800");
    }

    @Test
    void shouldRejectBodyAboveMax() {
        FrameEncoder encoder =
                new FrameEncoder(Framing.builder(Variant.GENERIC).lengthMax(10).build());

        assertThat(encoder.encode(new byte[11], 0, 11, dst, 0)).isEqualTo(FrameRefusal.BODY_TOO_LONG);
        assertThat(encoder.encode(new byte[10], 0, 10, dst, 0)).isEqualTo(12);
    }

    @Test
    void shouldRejectDestinationWithoutRoom() {
        FrameEncoder encoder = new FrameEncoder(Framing.builder(Variant.GENERIC).build());

        assertThat(encoder.encode(BODY, 0, 4, new byte[5], 0)).isEqualTo(FrameRefusal.NO_ROOM);
        assertThat(encoder.encode(BODY, 0, 4, new byte[7], 2)).isEqualTo(FrameRefusal.NO_ROOM);
    }

    @Test
    void shouldNameEveryRefusalOnce() {
        java.util.Set<String> names = new java.util.HashSet<>();
        for (int code = -1; code >= -FrameRefusal.COUNT; code--) {
            names.add(FrameRefusal.reason(code));
            assertThat(FrameRefusal.reason(code)).matches("[a-z_]+");
        }
        assertThat(names).hasSize(FrameRefusal.COUNT).contains("length_too_large", "not_an_mti");
    }
}
