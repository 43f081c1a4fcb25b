package io.fluxrig.transport.journal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.journal.JournalSeed;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LiveEntriesTest {
    @Test
    void shouldSayTheOldestSegmentThatHoldsAnOpenEntry() {
        LiveEntries live = new LiveEntries();
        assertThat(live.oldestSegment(9)).isEqualTo(9);
        live.opened(1, 5);
        live.opened(2, 6);
        live.opened(1, 7);
        assertThat(live.oldestSegment(9)).isEqualTo(5);
        live.ended(1);
        live.ended(1);
        assertThat(live.oldestSegment(9)).isEqualTo(6);
        live.ended(2);
        assertThat(live.oldestSegment(9)).isEqualTo(9);
        assertThat(live.count()).isZero();
    }

    @Test
    void shouldAgreeWithAMapWhateverIsOpenedAndEnded() {
        JournalSeed.run(LiveEntriesTest.class, "", seed -> agreeWithAMap(new SplittableRandom(seed)));
    }

    private static void agreeWithAMap(SplittableRandom random) {
        LiveEntries live = new LiveEntries();
        Map<Long, Integer> map = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            long id = random.nextLong(5000) << random.nextInt(40);
            if (random.nextInt(3) > 0) {
                live.opened(id, 1 + i / 1000);
                map.putIfAbsent(id, 1 + i / 1000);
            } else {
                live.ended(id);
                map.remove(id);
            }
            if (i % 5000 == 0) {
                int oldest = map.values().stream().min(Integer::compare).orElse(0);
                assertThat(live.oldestSegment(0)).isEqualTo(oldest);
                assertThat(live.count()).isEqualTo(map.size());
            }
        }
    }
}
