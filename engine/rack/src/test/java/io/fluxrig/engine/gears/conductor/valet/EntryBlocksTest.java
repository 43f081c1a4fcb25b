package io.fluxrig.engine.gears.conductor.valet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryBlocksTest {
    private final EntryBlocks blocks = new EntryBlocks();

    @Test
    void shouldFindWhatWasPutAndNothingElse() {
        blocks.put(7, 0);
        blocks.put(-1, 3);
        assertThat(blocks.of(7)).isZero();
        assertThat(blocks.of(-1)).isEqualTo(3);
        assertThat(blocks.of(8)).isEqualTo(EntryBlocks.NONE);
        assertThat(blocks.of(0)).isEqualTo(EntryBlocks.NONE);
    }

    @Test
    void shouldFollowATicketThatMoves() {
        blocks.put(7, 1);
        blocks.put(7, 2);
        assertThat(blocks.of(7)).isEqualTo(2);
        assertThat(blocks.count()).isEqualTo(1);
        blocks.remove(7);
        blocks.remove(7);
        assertThat(blocks.of(7)).isEqualTo(EntryBlocks.NONE);
        assertThat(blocks.count()).isZero();
    }

    /** Ids that follow each other, as they do, with ends in between, over several growths. */
    @Test
    void shouldAgreeWithAMapThroughoutAnyOrder() {
        Map<Long, Integer> expected = new HashMap<>();
        Random random = new Random(42);
        long first = random.nextLong();
        for (int i = 0; i < 60_000; i++) {
            long id = first + random.nextInt(20_000);
            if (random.nextInt(3) == 0) {
                blocks.remove(id);
                expected.remove(id);
            } else {
                blocks.put(id, i);
                expected.put(id, i);
            }
        }
        assertThat(blocks.count()).isEqualTo(expected.size());
        for (long id = first; id < first + 20_000; id++) {
            assertThat(blocks.of(id)).isEqualTo(expected.getOrDefault(id, EntryBlocks.NONE));
        }
    }
}
