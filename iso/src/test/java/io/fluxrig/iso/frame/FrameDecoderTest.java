package io.fluxrig.iso.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrameDecoderTest {
    private static final String BODY = "30383030 8220000000000000";
    private final FrameView view = new FrameView();

    @Test
    void shouldCutGenericFrame() {
        byte[] src = Hex.bytes("FF 000C" + BODY + "EE");

        int length = decoder(Framing.builder(Variant.GENERIC)).next(src, 1, src.length, view);

        assertThat(length).isEqualTo(14);
        assertThat(view.frameOffset()).isEqualTo(1);
        assertThat(view.bodyOffset()).isEqualTo(3);
        assertThat(view.bodyLength()).isEqualTo(12);
        assertThat(view.headerLength()).isZero();
        assertThat(view.keepAlive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2, BINARY, false, 000C",
        "3, BINARY, false, 00000C",
        "4, BINARY, false, 0000000C",
        "2, BINARY, true, 0C00",
        "4, BINARY, true, 0C000000",
        "2, ASCII, false, 3132",
        "4, ASCII, false, 30303132",
        "2, BCD, false, 0012",
        "4, EBCDIC, false, F0F0F1F2",
        "4, HEX, false, 30303063",
        "2, HEX, false, 3043"
    })
    void shouldReadLengthField(int size, LengthEncoding encoding, boolean little, String prefix) {
        byte[] src = Hex.bytes(prefix + BODY);
        Framing.Builder framing = Framing.builder(Variant.GENERIC)
                .lengthSize(size)
                .lengthEncoding(encoding)
                .littleEndian(little);

        assertThat(decoder(framing).next(src, 0, src.length, view)).isEqualTo(src.length);
        assertThat(view.bodyLength()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({"ASCII, 30303A32", "BCD, 000A0012", "EBCDIC, F0F0F130", "HEX, 30303067", "ASCII, 2D303031"})
    void shouldRejectLengthThatIsNoNumber(LengthEncoding encoding, String prefix) {
        byte[] src = Hex.bytes(prefix + BODY);
        FrameDecoder decoder =
                decoder(Framing.builder(Variant.GENERIC).lengthSize(4).lengthEncoding(encoding));

        assertThat(decoder.next(src, 0, src.length, view)).isEqualTo(FrameRefusal.LENGTH_NOT_DIGITS);
    }

    @Test
    void shouldCountLengthFieldWhereItIsIncluded() {
        byte[] src = Hex.bytes("000E" + BODY);

        assertThat(decoder(Framing.builder(Variant.GENERIC).includesHeader(true))
                        .next(src, 0, src.length, view))
                .isEqualTo(14);
    }

    @Test
    void shouldRejectIncludedLengthShorterThanItself() {
        FrameDecoder decoder = decoder(Framing.builder(Variant.GENERIC).includesHeader(true));

        assertThat(decoder.next(Hex.bytes("0001"), 0, 2, view)).isEqualTo(FrameRefusal.LENGTH_TOO_SMALL);
        assertThat(decoder.next(Hex.bytes("0000"), 0, 2, view)).isEqualTo(2);
        assertThat(view.keepAlive()).isTrue();
    }

    @Test
    void shouldRejectLengthAboveMaxBeforeItsBytesArrive() {
        FrameDecoder decoder = decoder(Framing.builder(Variant.GENERIC).lengthMax(100));

        assertThat(decoder.next(Hex.bytes("0065"), 0, 2, view)).isEqualTo(FrameRefusal.LENGTH_TOO_LARGE);
        assertThat(decoder.next(Hex.bytes("0064"), 0, 2, view)).isEqualTo(FrameDecoder.NEED_MORE);
    }

    @Test
    void shouldRejectFourByteLengthWithHighBit() {
        FrameDecoder decoder = decoder(Framing.builder(Variant.GENERIC).lengthSize(4));

        assertThat(decoder.next(Hex.bytes("FFFFFFFF"), 0, 4, view)).isEqualTo(FrameRefusal.LENGTH_TOO_LARGE);
    }

    @Test
    void shouldRejectWhatIsNoMessageTypeBeforeTheRestArrives() {
        byte[] http = Hex.bytes("1000 47455420");

        assertThat(decoder(Framing.builder(Variant.GENERIC)).next(http, 0, http.length, view))
                .isEqualTo(FrameRefusal.NOT_AN_MTI);
        assertThat(decoder(Framing.builder(Variant.GENERIC).heuristicValidation(false))
                        .next(http, 0, http.length, view))
                .isEqualTo(FrameDecoder.NEED_MORE);
    }

    @ParameterizedTest
    @CsvSource({
        "ASCII, 30313030, true",
        "ASCII, 31383034, true",
        "ASCII, 39313030, true",
        "ASCII, 30303030, false",
        "ASCII, 33313030, false",
        "ASCII, 30393030, false",
        "ASCII, F0F1F0F0, false",
        "EBCDIC, F0F1F0F0, true",
        "EBCDIC, 30313030, false",
        "BCD, 01000000, true",
        "BCD, 0A000000, false",
        "BCD, 30313030, false"
    })
    void shouldPeekAtMessageType(PeekEncoding peek, String body, boolean plausible) {
        byte[] src = Hex.bytes("0004" + body);
        FrameDecoder decoder = decoder(Framing.builder(Variant.GENERIC).peek(peek));

        assertThat(decoder.next(src, 0, src.length, view)).isEqualTo(plausible ? 6 : FrameRefusal.NOT_AN_MTI);
    }

    @Test
    void shouldRejectBodyTooShortForMessageType() {
        assertThat(decoder(Framing.builder(Variant.GENERIC)).next(Hex.bytes("0002"), 0, 2, view))
                .isEqualTo(FrameRefusal.NOT_AN_MTI);
    }

    @Test
    void shouldConsumeAndCountKeepAlives() {
        byte[] src = Hex.bytes("0000 000C" + BODY);
        FrameDecoder decoder = decoder(Framing.builder(Variant.GENERIC));

        assertThat(decoder.next(src, 0, src.length, view)).isEqualTo(2);
        assertThat(view.keepAlive()).isTrue();
        assertThat(decoder.next(src, 2, src.length, view)).isEqualTo(14);
        assertThat(decoder.keepAlives()).isEqualTo(1);
    }

    @Test
    void shouldShowTpdu() {
        byte[] src = Hex.bytes("0007 6000030000 0800");

        assertThat(decoder(Framing.builder(Variant.HYPERCOM)).next(src, 0, src.length, view))
                .isEqualTo(9);
        assertThat(view.tpduOffset()).isEqualTo(2);
        assertThat(view.tpduLength()).isEqualTo(5);
        assertThat(view.bodyOffset()).isEqualTo(7);
        assertThat(view.bodyLength()).isEqualTo(2);
    }

    @Test
    void shouldTakeTpduAloneForKeepAlive() {
        byte[] src = Hex.bytes("0005 6000030000");
        FrameDecoder decoder = decoder(Framing.builder(Variant.HYPERCOM));

        assertThat(decoder.next(src, 0, src.length, view)).isEqualTo(7);
        assertThat(view.keepAlive()).isTrue();
        assertThat(decoder.keepAlives()).isEqualTo(1);
    }

    @Test
    void shouldRejectLengthThatDoesNotCoverTpdu() {
        assertThat(decoder(Framing.builder(Variant.HYPERCOM)).next(Hex.bytes("0004"), 0, 2, view))
                .isEqualTo(FrameRefusal.LENGTH_TOO_SMALL);
    }

    @Test
    void shouldCheckTrailerBehindCountedBody() {
        Framing.Builder framing = Framing.builder(Variant.GENERIC).trailer(Hex.bytes("03"));

        byte[] right = Hex.bytes("000C" + BODY + "03");
        assertThat(decoder(framing).next(right, 0, right.length, view)).isEqualTo(15);
        assertThat(decoder(framing).next(right, 0, right.length - 1, view)).isEqualTo(FrameDecoder.NEED_MORE);
        byte[] wrong = Hex.bytes("000C" + BODY + "04");
        assertThat(decoder(framing).next(wrong, 0, wrong.length, view)).isEqualTo(FrameRefusal.BAD_TRAILER);
    }

    @Test
    void shouldEndFrameAtTrailerWhereThereIsNoLength() {
        Framing.Builder framing = Framing.builder(Variant.GENERIC)
                .lengthSize(0)
                .trailer(Hex.bytes("0D0A"))
                .lengthMax(16);
        byte[] src = Hex.bytes("0D0A 30383030 0D31 0D0A");

        assertThat(decoder(framing).next(src, 0, src.length, view)).isEqualTo(2);
        assertThat(view.keepAlive()).isTrue();
        assertThat(decoder(framing).next(src, 2, src.length, view)).isEqualTo(8);
        assertThat(view.bodyLength()).isEqualTo(6);
        assertThat(decoder(framing).next(src, 2, src.length - 1, view)).isEqualTo(FrameDecoder.NEED_MORE);
    }

    @Test
    void shouldRejectEndlessFrameWithoutTrailer() {
        Framing.Builder framing = Framing.builder(Variant.GENERIC)
                .lengthSize(0)
                .trailer(Hex.bytes("03"))
                .lengthMax(8);
        byte[] src = Hex.bytes("30383030 313131313131");

        assertThat(decoder(framing).next(src, 0, 8, view)).isEqualTo(FrameDecoder.NEED_MORE);
        assertThat(decoder(framing).next(src, 0, 9, view)).isEqualTo(FrameRefusal.NO_TRAILER);
    }

    @Test
    void shouldRejectVisaHeaderThatContradictsTheFrame() {
        String header = "16010200%s000000123456 0000000000000000000000".formatted("1A");
        byte[] right = Hex.bytes("001A0000" + header + "30383030");
        assertThat(decoder(Framing.builder(Variant.VISA)).next(right, 0, right.length, view))
                .isEqualTo(30);
        assertThat(view.headerLength()).isEqualTo(22);

        byte[] total = right.clone();
        total[8] = 0x1B;
        assertThat(decoder(Framing.builder(Variant.VISA)).next(total, 0, total.length, view))
                .isEqualTo(FrameRefusal.BAD_HEADER);
        byte[] size = right.clone();
        size[4] = 0x15;
        assertThat(decoder(Framing.builder(Variant.VISA)).next(size, 0, size.length, view))
                .isEqualTo(FrameRefusal.BAD_HEADER);
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void shouldFindTheSameFramesHoweverTheStreamIsSplit(Variant variant) {
        Framing framing = Framing.builder(variant).build();
        byte[] stream = stream(framing);
        List<String> whole = frames(framing, stream, new int[] {stream.length});
        assertThat(whole).hasSize(4);

        for (int cut = 1; cut < stream.length; cut++) {
            assertThat(frames(framing, stream, new int[] {cut, stream.length - cut}))
                    .isEqualTo(whole);
        }
        int[] single = new int[stream.length];
        java.util.Arrays.fill(single, 1);
        assertThat(frames(framing, stream, single)).isEqualTo(whole);
        for (long seed = 0; seed < 200; seed++) {
            assertThat(frames(framing, stream, pieces(stream.length, new Random(seed))))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
        }
    }

    @Test
    void shouldAllocateNothing() {
        Framing framing = Framing.builder(Variant.HYPERCOM).build();
        byte[] stream = stream(framing);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        FrameDecoder decoder = new FrameDecoder(framing);
        FrameEncoder encoder = new FrameEncoder(framing);
        byte[] dst = new byte[256];
        int frames = rounds(decoder, encoder, stream, dst, 20_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        frames += rounds(decoder, encoder, stream, dst, 10_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(frames).isEqualTo(120_000);
        assertThat(bytes).isLessThan(10_000);
    }

    private int rounds(FrameDecoder decoder, FrameEncoder encoder, byte[] stream, byte[] dst, int rounds) {
        int frames = 0;
        for (int round = 0; round < rounds; round++) {
            int at = 0;
            for (int n = decoder.next(stream, at, stream.length, view);
                    n > 0;
                    n = decoder.next(stream, at, stream.length, view)) {
                encoder.encodeReply(
                        stream,
                        view.bodyOffset(),
                        view.bodyLength(),
                        stream,
                        view.headerOffset(),
                        view.headerLength(),
                        dst,
                        0);
                at += n;
                frames++;
            }
        }
        return frames;
    }

    private static byte[] stream(Framing framing) {
        FrameEncoder encoder = new FrameEncoder(framing);
        String[] mti = {"30383030", "F0F8F0F0", "0800"};
        String type = mti[framing.peek().ordinal()];
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        byte[] frame = new byte[256];
        for (int extra : new int[] {0, 1, 40}) {
            byte[] body = Hex.bytes(type + "11".repeat(extra));
            stream.write(frame, 0, encoder.encode(body, 0, body.length, frame, 0));
        }
        byte[] empty = new byte[framing.lengthSize() + framing.reservedLength()];
        framing.lengthEncoding().write(0, empty, 0, framing.lengthSize(), false);
        stream.writeBytes(empty);
        return stream.toByteArray();
    }

    private static int[] pieces(int total, Random random) {
        List<Integer> pieces = new ArrayList<>();
        for (int left = total; left > 0; ) {
            int piece = 1 + random.nextInt(Math.min(left, 17));
            pieces.add(piece);
            left -= piece;
        }
        return pieces.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<String> frames(Framing framing, byte[] stream, int[] pieces) {
        FrameDecoder decoder = new FrameDecoder(framing);
        FrameView view = new FrameView();
        List<String> frames = new ArrayList<>();
        int consumed = 0;
        int limit = 0;
        for (int piece : pieces) {
            limit += piece;
            for (int n = decoder.next(stream, consumed, limit, view);
                    n != FrameDecoder.NEED_MORE;
                    n = decoder.next(stream, consumed, limit, view)) {
                assertThat(n).isPositive();
                frames.add(Hex.text(stream, view.headerOffset(), view.headerLength()) + "|"
                        + Hex.text(stream, view.bodyOffset(), view.bodyLength()));
                consumed += n;
            }
        }
        assertThat(consumed).isEqualTo(stream.length);
        return frames;
    }

    private static FrameDecoder decoder(Framing.Builder framing) {
        return new FrameDecoder(framing.build());
    }
}
