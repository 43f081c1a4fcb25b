package io.fluxrig.engine.gears.conductor.kept;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ParkedFieldsTest {
    private static final Spec BCD = SpecLoader.load(Path.of("..", "..", "config", "specs", "scheme-b-bcd.yaml"))
            .orThrow();
    private static final FieldPath WALLET = FieldPath.parse("48.02");
    private static final FieldPath AMOUNT = FieldPath.parse("55.9F02");

    private final ParkedFields parked = new ParkedFields(
            List.of("iso8583.field.48", "iso8583.field.52", "iso8583.field.55.9F02", "iso8583.field.63"));
    private final IsoPayload request = request();

    @Test
    void shouldTakeTheFieldsOutOfTheRequestAndNoOthers() {
        assertThat(parked.take(request)).isPositive();

        IsoMessage message = request.message();
        assertThat(message.has(48)).isFalse();
        assertThat(message.has(52)).isFalse();
        assertThat(message.has(AMOUNT)).isFalse();
        assertThat(message.text(FieldPath.parse("55.95"))).isEqualTo("0000008000");
        assertThat(message.text(11)).isEqualTo("000042");
    }

    @Test
    void shouldPutEveryValueBackAsItWas() {
        int length = parked.take(request);
        IsoMessage answer = new IsoMessage();
        answer.setMti(110);

        parked.putBack(answer, parked.bytes(), length);

        IsoMessage before = request().message();
        assertThat(answer.text(WALLET)).isEqualTo("WALLET-7");
        assertThat(answer.text(FieldPath.parse("48.01"))).isEqualTo("REF");
        assertThat(answer.kind(52)).isEqualTo(IsoMessage.BYTES);
        assertThat(answer.text(52)).isEqualTo(before.text(52));
        assertThat(answer.text(AMOUNT)).isEqualTo(before.text(AMOUNT));
        assertThat(answer.has(63)).isFalse();
    }

    @Test
    void shouldLeaveARequestAloneThatHasTooMuch() {
        ParkedFields all = new ParkedFields(List.of(
                "iso8583.field.60",
                "iso8583.field.61",
                "iso8583.field.62",
                "iso8583.field.63",
                "iso8583.field.120",
                "iso8583.field.121",
                "iso8583.field.122",
                "iso8583.field.123",
                "iso8583.field.124"));
        IsoMessage message = request.message();
        for (int field : new int[] {60, 61, 62, 63, 120, 121, 122, 123, 124}) {
            message.setAscii(field, "x".repeat(999));
        }

        assertThat(all.take(request)).isEqualTo(ParkedFields.TOO_LONG);

        assertThat(message.text(60)).hasSize(999);
        assertThat(message.text(124)).hasSize(999);
        assertThat(all.bytes()).containsOnly(0);
    }

    @Test
    void shouldLeaveNoByteBehindWhenWiped() {
        parked.take(request);
        assertThat(Arrays.copyOf(parked.bytes(), 64)).isNotEqualTo(new byte[64]);

        parked.wipe();

        assertThat(parked.bytes()).containsOnly(0);
    }

    @Test
    void shouldAllocateNothingForEachRequestOnceItKnowsThePaths() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        IsoPayload again = new IsoPayload();
        IsoMessage answer = new IsoMessage();
        parkAndPutBack(20_000, again, answer);
        long before = threads.getCurrentThreadAllocatedBytes();

        parkAndPutBack(10_000, again, answer);

        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10_000)
                .as("bytes allocated for each request")
                .isZero();
    }

    private void parkAndPutBack(int times, IsoPayload again, IsoMessage answer) {
        for (int i = 0; i < times; i++) {
            again.message().copyFrom(request.message());
            again.spec(request.spec());
            int length = parked.take(again);
            answer.clear();
            parked.putBack(answer, parked.bytes(), length);
            parked.wipe();
        }
    }

    private static IsoPayload request() {
        IsoMessage made = new IsoMessage();
        made.setMti(100);
        made.setAscii(11, "000042");
        made.setAscii(FieldPath.parse("48.01"), "REF");
        made.setAscii(WALLET, "WALLET-7");
        made.setBytes(52, new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 0xFF}, 0, 8);
        made.setAscii(AMOUNT, "000000001234");
        made.setAscii(FieldPath.parse("55.95"), "0000008000");
        IsoCodec codec = new IsoCodec(BCD.wire());
        byte[] bytes = new byte[2048];
        int length = codec.encode(made, bytes, 0);
        IsoPayload decoded = new IsoPayload();
        if (length < 0 || codec.decode(bytes, 0, length, decoded.message()) < 0) {
            throw new AssertionError(codec.error().toString());
        }
        decoded.spec(BCD);
        return decoded;
    }
}
