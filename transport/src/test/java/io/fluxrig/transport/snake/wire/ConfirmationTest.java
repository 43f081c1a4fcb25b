package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.seal.Origin;
import io.fluxrig.transport.snake.seal.SnakeKey;
import io.fluxrig.transport.snake.seal.WireKeys;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    private final Origin origin = new Origin(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});

    private static SnakeKey key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return new SnakeKey(WireKeys.of(key));
    }

    private byte[] written() {
        return Confirmation.write(key(1), origin, new long[] {5, 9, 1L << 40, 0}, 3);
    }

    @Test
    void shouldSayWhichMessagesAreSafe() {
        assertThat(Confirmation.read(key(1), origin, written())).containsExactly(5, 9, 1L << 40);
    }

    @Test
    void shouldBelieveNobodyWithoutTheKey() {
        assertThat(Confirmation.read(key(2), origin, written())).isNull();
    }

    @Test
    void shouldBelieveNoConfirmationOfAnotherSender() {
        assertThat(Confirmation.read(key(1), new Origin(new byte[16]), written()))
                .isNull();
    }

    @Test
    void shouldBelieveNoChangedOrCutConfirmation() {
        for (int at = 0; at < written().length; at++) {
            byte[] changed = written();
            changed[at] ^= 1;
            assertThat(Confirmation.read(key(1), origin, changed)).isNull();
            assertThat(Confirmation.read(key(1), origin, Arrays.copyOf(written(), at)))
                    .isNull();
        }
    }

    @Test
    void shouldBelieveWhoeverHasAnEarlierKey() {
        byte[] older = new byte[32];
        Arrays.fill(older, (byte) 1);
        List<byte[]> both = List.of(new byte[32], older);

        assertThat(Confirmation.read(new SnakeKey(() -> both), origin, written()))
                .hasSize(3);
    }
}
