package io.fluxrig.engine.gears.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {

    @Test
    void shouldAgreeWithAMapUnderChance() {
        SplittableRandom random = new SplittableRandom(11);
        OpenRequests open = new OpenRequests(64);
        Map<Long, Long> model = new HashMap<>();
        for (long step = 0; step < 200_000; step++) {
            long key = random.nextLong(96);
            if (random.nextBoolean() && !open.isFull()) {
                assertThat(open.put(key, step)).isEqualTo(model.putIfAbsent(alias(key), step) == null);
            } else {
                Long expected = model.remove(alias(key));
                assertThat(open.remove(key)).isEqualTo(expected == null ? -1 : expected);
            }
            assertThat(open.size()).isEqualTo(model.size());
        }
    }

    @Test
    void shouldBeFullAtItsMost() {
        OpenRequests open = new OpenRequests(2);
        open.put(1, 1);
        open.put(2, 1);

        assertThat(open.isFull()).isTrue();
    }

    /** Key 0 stands for an empty place, so it is kept as 1. */
    private static long alias(long key) {
        return key == 0 ? 1 : key;
    }
}
