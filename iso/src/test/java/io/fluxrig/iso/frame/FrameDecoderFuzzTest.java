package io.fluxrig.iso.frame;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever bytes arrive: no exception, no slice outside of what arrived, and progress or a refusal. */
class FrameDecoderFuzzTest {
    private static final FrameDecoder[] DECODERS = decoders();

    private static FrameDecoder[] decoders() {
        Variant[] variants = Variant.values();
        FrameDecoder[] decoders = new FrameDecoder[variants.length + 2];
        for (int i = 0; i < variants.length; i++) {
            decoders[i] = new FrameDecoder(Framing.builder(variants[i]).build());
        }
        decoders[variants.length] = new FrameDecoder(Framing.builder(Variant.GENERIC)
                .lengthSize(0)
                .trailer(new byte[] {3})
                .lengthMax(64)
                .build());
        decoders[variants.length + 1] = new FrameDecoder(Framing.builder(Variant.GENERIC)
                .lengthSize(4)
                .lengthEncoding(LengthEncoding.HEX)
                .includesHeader(true)
                .heuristicValidation(false)
                .build());
        return decoders;
    }

    @FuzzTest
    void shouldSurviveAnyBytes(FuzzedDataProvider data) {
        FrameDecoder decoder = DECODERS[data.consumeInt(0, DECODERS.length - 1)];
        byte[] src = data.consumeRemainingAsBytes();
        FrameView view = new FrameView();
        int at = 0;
        int length = decoder.next(src, at, src.length, view);
        while (length > 0) {
            require(at + length <= src.length, "frame ends behind the bytes");
            require(view.headerOffset() >= at, "header before the frame");
            require(view.bodyOffset() + view.bodyLength() <= at + length, "body behind the frame");
            at += length;
            length = decoder.next(src, at, src.length, view);
        }
        if (length < 0) {
            require(!FrameRefusal.reason(length).isEmpty(), "a reason");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
