package io.fluxrig.perf.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The ring against a queue, through many turns: same records, same order, full only when it must be. */
class SpscRingModelTest {

    private static final class Kept {
        final int type;
        final byte[] body;

        Kept(int type, byte[] body) {
            this.type = type;
            this.body = body;
        }
    }

    private final Queue<Kept> model = new ArrayDeque<>();

    @Property(tries = 200)
    void shouldAgreeWithAQueue(@ForAll long seed) {
        Random random = new Random(seed);
        model.clear();
        SpscRing ring = new SpscRing(1024);
        for (int step = 0; step < 1000; step++) {
            if (random.nextInt(3) > 0) {
                offer(ring, random);
            } else {
                poll(ring, random.nextInt(6));
            }
            assertThat(ring.isEmpty()).isEqualTo(model.isEmpty());
        }
        poll(ring, Integer.MAX_VALUE);
        assertThat(model).isEmpty();
        assertThat(ring.usedBytes()).isZero();
    }

    private void offer(SpscRing ring, Random random) {
        byte[] src = new byte[130];
        random.nextBytes(src);
        int offset = random.nextInt(5);
        int length = random.nextInt(ring.recordLengthMax() + 1);
        long used = ring.usedBytes();
        int type = random.nextInt() & Integer.MAX_VALUE;
        if (ring.offer(type, src, offset, length) == SpscRing.OK) {
            model.add(new Kept(type, Arrays.copyOfRange(src, offset, offset + length)));
        } else {
            assertThat(used).isGreaterThan(1024 - 2 * 128);
            assertThat(ring.usedBytes()).isEqualTo(used);
        }
    }

    private void poll(SpscRing ring, int limit) {
        int expected = Math.min(limit, model.size());
        int count = ring.poll(
                (type, memory, offset, length) -> {
                    Kept kept = model.remove();
                    byte[] body = new byte[length];
                    memory.get(offset, body, 0, length);
                    assertThat(type).isEqualTo(kept.type);
                    assertThat(body).isEqualTo(kept.body);
                },
                limit);
        assertThat(count).isEqualTo(expected);
    }
}
