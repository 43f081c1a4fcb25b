package io.fluxrig.iso.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.codec.MessageLength;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Frames that end where their message does, and what may stand around a length. */
class FrameEndTest {
    private static final String ECHO = "30383030" + "38323230303030303030303030303030"
            + "30343030303030303030303030303030" + "31313233303832333132" + "303030303031" + "333031";
    private static final String XML = "<isomsg>\n  <isomsg id=\"48\">\n  </isomsg>\n</isomsg>\n";

    private final FrameView view = new FrameView();

    private static WireSpec dialect(String fields) {
        String spec =
                "spec: { id: a, version: 1.0.0, wire: { source: 'moov:spec87ascii', fields: { " + fields + " } } }";
        return SpecLoader.load("a.yaml", spec.getBytes(StandardCharsets.UTF_8))
                .orThrow()
                .wire();
    }

    private static FrameDecoder byMessage(Framing.Builder framing) {
        MessageLength length = new MessageLength(dialect(""));
        return new FrameDecoder(framing.end(FrameEnd.MESSAGE).build(), (src, offset, limit) -> {
            int bytes = length.of(src, offset, limit);
            return bytes == MessageLength.REFUSED ? FrameRefusal.NOT_A_MESSAGE : bytes;
        });
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldCutMessagesThatFollowEachOtherWithNothingBetween() {
        byte[] src = Hex.bytes(ECHO + ECHO + ECHO.substring(0, 20));
        FrameDecoder decoder = byMessage(Framing.builder(Variant.GENERIC));

        assertThat(decoder.next(src, 0, src.length, view)).isEqualTo(55);
        assertThat(decoder.next(src, 55, src.length, view)).isEqualTo(55);
        assertThat(view.bodyOffset()).isEqualTo(55);
        assertThat(view.bodyLength()).isEqualTo(55);
        assertThat(decoder.next(src, 110, src.length, view)).isZero();
    }

    @Test
    void shouldCutAHeaderFromAMessageThatTellsItsEnd() {
        byte[] src = Hex.bytes("6000010000" + ECHO);
        FrameDecoder decoder =
                byMessage(Framing.builder(Variant.GENERIC).tpduEnabled(true).tpduLength(5));

        assertThat(decoder.next(src, 0, 3, view)).isZero();
        assertThat(decoder.next(src, 0, src.length, view)).isEqualTo(60);
        assertThat(view.tpduLength()).isEqualTo(5);
        assertThat(view.bodyLength()).isEqualTo(55);
    }

    @Test
    void shouldRefuseWhatIsNoMessageAndWhatNeverEnds() {
        FrameDecoder decoder = byMessage(Framing.builder(Variant.GENERIC).lengthMax(40));
        byte[] wrong = Hex.bytes(ECHO.replace("38323230", "38323258"));
        byte[] longer = Hex.bytes(ECHO);

        assertThat(decoder.next(wrong, 0, wrong.length, view)).isEqualTo(FrameRefusal.NOT_A_MESSAGE);
        assertThat(decoder.next(longer, 0, longer.length, view)).isEqualTo(FrameRefusal.LENGTH_TOO_LARGE);
        assertThat(decoder.next(text("GET / HTTP/1.1"), 0, 14, view)).isEqualTo(FrameRefusal.NOT_AN_MTI);
    }

    @Test
    void shouldNotReadADialectWhoseMessagesHaveNoEnd() {
        WireSpec endless = dialect("63: { type: String, length: 999, enc: ASCII, prefix: None }");

        assertThat(MessageLength.endless(endless)).isEqualTo(63);
        assertThatThrownBy(() -> new MessageLength(endless)).hasMessageContaining("DE 63");
        Framing framing = Framing.builder(Variant.GENERIC).end(FrameEnd.MESSAGE).build();
        assertThatThrownBy(() -> new FrameDecoder(framing)).hasMessageContaining("frame_end");
    }

    @Test
    void shouldCutXmlBehindTheLineThatClosesIt() {
        byte[] src = text("<log at=\"x\">\n" + XML + "</log>\n" + XML);
        FrameDecoder decoder = new FrameDecoder(
                Framing.builder(Variant.GENERIC).end(FrameEnd.ISOMSG).build());

        int first = decoder.next(src, 0, src.length, view);
        assertThat(first).isEqualTo(13 + XML.length());
        assertThat(new String(src, view.bodyOffset(), view.bodyLength(), StandardCharsets.ISO_8859_1))
                .isEqualTo(XML);
        int second = decoder.next(src, first, src.length, view);
        assertThat(first + second).isEqualTo(src.length);
        assertThat(view.bodyLength()).isEqualTo(XML.length());
        for (int limit = 0; limit < first; limit++) {
            assertThat(decoder.next(src, 0, limit, view)).isZero();
        }
    }

    @Test
    void shouldReadAndWriteAPreambleAheadOfTheLength() {
        Framing framing = Framing.builder(Variant.GENERIC)
                .preamble(Hex.bytes("D04A"))
                .reservedLength(2)
                .build();
        byte[] wire = Hex.bytes("D04A 0004 0000 30383030");
        byte[] built = new byte[20];

        assertThat(new FrameDecoder(framing).next(wire, 0, wire.length, view)).isEqualTo(10);
        assertThat(view.bodyOffset()).isEqualTo(6);
        assertThat(new FrameDecoder(framing).next(Hex.bytes("D1"), 0, 1, view)).isEqualTo(FrameRefusal.BAD_PREAMBLE);
        assertThat(new FrameEncoder(framing).encode(Hex.bytes("30383030"), 0, 4, built, 3))
                .isEqualTo(10);
        assertThat(Hex.text(built, 3, 10)).isEqualTo(Hex.text(wire, 0, 10));
    }

    @Test
    void shouldCountATrailerWhereTheLengthDoes() {
        Framing framing = Framing.builder(Variant.GENERIC)
                .trailer(Hex.bytes("03"))
                .includesTrailer(true)
                .build();
        byte[] wire = Hex.bytes("0005 30383030 03");
        byte[] built = new byte[20];

        assertThat(new FrameDecoder(framing).next(wire, 0, wire.length, view)).isEqualTo(7);
        assertThat(view.bodyLength()).isEqualTo(4);
        assertThat(new FrameEncoder(framing).encode(Hex.bytes("30383030"), 0, 4, built, 0))
                .isEqualTo(7);
        assertThat(Hex.text(built, 0, 7)).isEqualTo(Hex.text(wire, 0, 7));
    }

    @Test
    void shouldSayWhatDoesNotGoTogether() {
        assertThat(Framing.builder(Variant.GENERIC)
                        .end(FrameEnd.MESSAGE)
                        .trailer(Hex.bytes("03"))
                        .faults())
                .extracting(FramingFault::key)
                .containsExactly("frame_end");
        assertThat(Framing.builder(Variant.GENERIC).preamble(new byte[9]).faults())
                .extracting(FramingFault::key)
                .containsExactly("frame_preamble");
    }
}
