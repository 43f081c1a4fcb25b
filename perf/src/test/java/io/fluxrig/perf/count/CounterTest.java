package io.fluxrig.perf.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CounterTest {

    @Test
    void shouldCount() {
        Counter counter = new Counter();
        counter.increment();
        counter.add(41);

        assertThat(counter.get()).isEqualTo(42);
        assertThat(counter).hasToString("42");
    }

    @Test
    void shouldGoUpAndDown() {
        Level level = new Level();
        level.set(10);
        level.add(5);
        level.add(-12);

        assertThat(level.get()).isEqualTo(3);
    }

    @Test
    @Timeout(60)
    void shouldShowAnotherThreadARisingCount() throws InterruptedException {
        int total = 200_000;
        Counter counter = new Counter();
        Thread writer = new Thread(() -> {
            for (int i = 0; i < total; i++) {
                counter.increment();
            }
        });
        writer.start();
        long last = 0;
        while (last < total) {
            long now = counter.get();
            assertThat(now >= last).isTrue();
            last = now;
        }
        writer.join();
        assertThat(counter.get()).isEqualTo(total);
    }
}
