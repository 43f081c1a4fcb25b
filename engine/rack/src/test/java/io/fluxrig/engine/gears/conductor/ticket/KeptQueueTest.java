package io.fluxrig.engine.gears.conductor.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeptQueueTest {
    private final KeptQueue queue = new KeptQueue();

    @Test
    void shouldKeepTheOrderWhileItGrowsRoundItsEnd() {
        Random random = new Random(8583);
        ArrayDeque<Integer> expected = new ArrayDeque<>();
        for (int ticket = 0; ticket < 5_000; ticket++) {
            queue.add(ticket);
            expected.add(ticket);
            if (random.nextInt(3) == 0) {
                assertThat(queue.poll()).isEqualTo(expected.poll());
            }
        }

        assertThat(queue.count()).isEqualTo(expected.size());
        int place = 0;
        for (int ticket : expected) {
            assertThat(queue.get(place++)).isEqualTo(ticket);
        }
    }

    @Test
    void shouldBeEmptyOnceItIsCleared() {
        queue.add(1);
        queue.add(2);

        queue.clear();

        assertThat(queue.count()).isZero();
    }
}
