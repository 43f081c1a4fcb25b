package io.fluxrig.perf.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpscRingTest {

    private final SpscRing ring = new SpscRing(256);
    private final List<String> seen = new ArrayList<>();
    private final RecordHandler handler =
            (type, memory, offset, length) -> seen.add(type + ":" + hex(memory, offset, length));

    private static String hex(ByteBuffer memory, int offset, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(String.format("%02X", memory.get(offset + i)));
        }
        return text.toString();
    }

    private int offer(int type, int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) type);
        return ring.offer(type, body, 0, length);
    }

    @Test
    void shouldHandOverWhatWasOffered() {
        assertThat(ring.offer(7, new byte[] {0, 1, 2, 3, 4}, 1, 3)).isEqualTo(SpscRing.OK);
        assertThat(ring.usedBytes()).isEqualTo(16);
        assertThat(ring.isEmpty()).isFalse();

        assertThat(ring.poll(handler, 10)).isEqualTo(1);
        assertThat(seen).containsExactly("7:010203");
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.poll(handler, 10)).isZero();
    }

    @Test
    void shouldKeepTheOrder() {
        offer(1, 1);
        offer(2, 0);
        offer(3, 2);

        ring.poll(handler, 10);
        assertThat(seen).containsExactly("1:01", "2:", "3:0303");
    }

    @Test
    void shouldStopAtTheLimit() {
        offer(1, 1);
        offer(2, 1);
        offer(3, 1);

        assertThat(ring.poll(handler, 2)).isEqualTo(2);
        assertThat(ring.poll(handler, 0)).isZero();
        assertThat(ring.poll(handler, 2)).isEqualTo(1);
        assertThat(seen).containsExactly("1:01", "2:02", "3:03");
    }

    @Test
    void shouldAlignRecordsToEight() {
        RecordHandler aligned =
                (type, memory, offset, length) -> assertThat(offset & 7).isZero();
        for (int length = 0; length <= 17; length++) {
            offer(1, length);
            ring.poll(aligned, 1);
        }
        offer(1, 9);
        assertThat(ring.usedBytes()).isEqualTo(24);
    }

    @Test
    void shouldSayFullAndWriteNothing() {
        for (int i = 0; i < 8; i++) {
            assertThat(offer(i, 24)).isEqualTo(SpscRing.OK);
        }
        assertThat(ring.usedBytes()).isEqualTo(256);
        assertThat(offer(9, 0)).isEqualTo(SpscRing.FULL);

        ring.poll(handler, 1);
        assertThat(offer(9, 24)).isEqualTo(SpscRing.OK);
        assertThat(offer(9, 0)).isEqualTo(SpscRing.FULL);
        ring.poll(handler, 10);
        assertThat(seen).hasSize(9).last().isEqualTo("9:" + "09".repeat(24));
    }

    @Test
    void shouldPadTheEndWhenARecordDoesNotFitThere() {
        for (int i = 0; i < 7; i++) {
            offer(1, 24);
        }
        offer(1, 8);
        ring.poll(handler, 10);
        seen.clear();

        assertThat(offer(5, 24)).isEqualTo(SpscRing.OK);
        assertThat(ring.usedBytes()).isEqualTo(16 + 32);
        List<Integer> offsets = new ArrayList<>();
        assertThat(ring.poll((type, memory, offset, length) -> offsets.add(offset), 1))
                .isEqualTo(1);
        assertThat(offsets).containsExactly(8);
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void shouldCountThePaddingWhenLookingForRoom() {
        for (int i = 0; i < 7; i++) {
            offer(1, 24);
        }
        offer(1, 8);
        ring.poll(handler, 1);

        assertThat(offer(2, 24)).isEqualTo(SpscRing.OK);
        assertThat(offer(3, 0)).isEqualTo(SpscRing.FULL);
        ring.poll(handler, 20);
        assertThat(seen).hasSize(9).last().isEqualTo("2:" + "02".repeat(24));
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertThat(ring.recordLengthMax()).isEqualTo(24);
        assertThat(offer(1, 25)).isEqualTo(SpscRing.TOO_LONG);
        assertThat(ring.isEmpty()).isTrue();
        assertThat(offer(1, 24)).isEqualTo(SpscRing.OK);
    }

    @Test
    void shouldWipeWhatWasConsumed() {
        ByteBuffer[] kept = new ByteBuffer[1];
        for (int i = 1; i <= 8; i++) {
            offer(i, 24);
        }
        ring.poll((type, memory, offset, length) -> kept[0] = memory, 10);

        for (int i = 0; i < 256; i++) {
            assertThat(kept[0].get(i)).isZero();
        }
    }

    @Test
    void shouldHandOutMemoryThatCannotBeWritten() {
        offer(1, 8);
        ring.poll(
                (type, memory, offset, length) ->
                        assertThat(memory.isReadOnly()).isTrue(),
                1);
    }

    @Test
    void shouldCountARecordAsConsumedWhenItsHandlerThrows() {
        offer(1, 1);
        offer(2, 1);
        RecordHandler failing = (type, memory, offset, length) -> {
            throw new IllegalStateException("boom");
        };
        assertThatThrownBy(() -> ring.poll(failing, 10)).hasMessage("boom");

        assertThat(ring.poll(handler, 10)).isEqualTo(1);
        assertThat(seen).containsExactly("2:02");
    }

    @Test
    void shouldPublishNothingWhenTheRangeIsWrong() {
        byte[] src = new byte[4];

        assertThatThrownBy(() -> ring.offer(1, src, 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ring.offer(1, src, 0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ring.offer(1, src, 0, Integer.MIN_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void shouldRejectANegativeType() {
        assertThatThrownBy(() -> ring.offer(-1, new byte[1], 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("type=-1 min=0");
    }

    @Test
    void shouldRejectBadCapacity() {
        assertThatThrownBy(() -> new SpscRing(300))
                .hasMessage("capacityBytes=300 must be a power of two, min=256 max=1073741824");
        assertThatThrownBy(() -> new SpscRing(128)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpscRing(Integer.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ring.capacityBytes()).isEqualTo(256);
    }
}
