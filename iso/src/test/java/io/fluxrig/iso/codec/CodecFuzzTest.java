package io.fluxrig.iso.codec;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fluxrig.iso.wire.WireSpec;
import java.util.Arrays;

/**
 * Whatever bytes arrive: no exception; a refusal says where; what is read is written back byte for byte, and reads the
 * same again. In a plain test run this goes over the recorded inputs; with {@code JAZZER_FUZZ=1 mvn test
 * -Dtest=CodecFuzzTest} it searches.
 */
class CodecFuzzTest {

    private static final int DIALECTS = 24;
    private static final IsoCodec[] CODECS = new IsoCodec[DIALECTS];
    private static final IsoCodec[] TWINS = new IsoCodec[DIALECTS];

    static {
        for (int i = 0; i < DIALECTS; i++) {
            WireSpec w = new AnyDialect(i, i * 31L).wire();
            CODECS[i] = new IsoCodec(w);
            TWINS[i] = new IsoCodec(
                    new WireSpec("twin", w.mti(), w.bitmap(), w.fields(), w.limits(), w.trailing(), w.header()));
        }
    }

    private final IsoMessage message = new IsoMessage();
    private final IsoMessage again = new IsoMessage();

    @FuzzTest(maxDuration = "30s")
    void shouldSurviveAnyBytes(FuzzedDataProvider data) {
        int dialect = data.consumeInt(0, DIALECTS - 1);
        survive(dialect, data.consumeRemainingAsBytes());
    }

    void survive(int dialect, byte[] src) {
        IsoCodec codec = CODECS[dialect];
        int used = codec.decode(src, 0, src.length, message);
        if (used < 0) {
            CodecError error = codec.error();
            require(!error.path().isEmpty() && !error.expected().isEmpty(), "a reason");
            require(error.byteOffset() >= 0 && error.byteOffset() <= src.length, "a byte of the message");
            require(message.nextField(-1) < 0, "an empty message");
            return;
        }
        byte[] out = new byte[4 * src.length + 512];
        require(codec.encode(message, out, 0) == used, "the length that came");
        require(Arrays.equals(out, 0, used, src, 0, used), "the bytes that came");
        require(message.slots.count <= Slots.FIELDS + src.length, "at most one part a byte");
        int length = TWINS[dialect].encode(message, out, 0);
        if (length > 0) { // an encoder may refuse what a decoder lets pass, such as a fixed value made of filling
            require(codec.decode(out, 0, length, again) == length, "what is written is read");
            require(Spelling.of(again).equals(Spelling.of(message)), "the same values");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
