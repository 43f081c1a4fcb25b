package io.fluxrig.perf.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The slab against a list of arrays: random claims, writes and releases; every record keeps its own bytes. */
class ByteSlabModelTest {

    private static final int BLOCK_LENGTH = 8;
    private static final int BLOCKS_MAX = 40;

    private static final class Kept {
        final int handle;
        byte[] content;

        Kept(int handle, byte[] content) {
            this.handle = handle;
            this.content = content;
        }

        int blocks() {
            return Math.max(1, (content.length + BLOCK_LENGTH - 1) / BLOCK_LENGTH);
        }
    }

    @Property(tries = 200)
    void shouldAgreeWithAListOfArrays(@ForAll long seed) {
        Random random = new Random(seed);
        ByteSlab slab = new ByteSlab(BLOCK_LENGTH, BLOCKS_MAX);
        List<Kept> model = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            int choice = random.nextInt(6);
            if (choice < 3) {
                claim(slab, model, random);
            } else if (choice == 3 && !model.isEmpty()) {
                resize(slab, model.get(random.nextInt(model.size())), random);
            } else if (!model.isEmpty()) {
                Kept kept = model.remove(random.nextInt(model.size()));
                slab.release(kept.handle);
                assertThatThrownBy(() -> slab.release(kept.handle)).isInstanceOf(IllegalStateException.class);
            }
            check(slab, model);
        }
    }

    private static void claim(ByteSlab slab, List<Kept> model, Random random) {
        byte[] content = new byte[random.nextInt(60)];
        random.nextBytes(content);
        int free = BLOCKS_MAX - model.stream().mapToInt(Kept::blocks).sum();
        int handle = slab.claim(content.length);
        Kept kept = new Kept(handle, content);
        if (kept.blocks() > free) {
            assertThat(handle).isEqualTo(ByteSlab.FULL);
            return;
        }
        assertThat(slab.matches(handle, 0, new byte[content.length], 0, content.length))
                .isTrue();
        slab.put(handle, 0, content, 0, content.length);
        model.add(kept);
    }

    private static void resize(ByteSlab slab, Kept kept, Random random) {
        byte[] resized = Arrays.copyOf(kept.content, random.nextInt(60));
        boolean fits = kept.blocks() == new Kept(kept.handle, resized).blocks();
        assertThat(slab.resize(kept.handle, resized.length)).isEqualTo(fits);
        if (fits) {
            kept.content = resized;
        }
        assertThat(slab.length(kept.handle)).isEqualTo(kept.content.length);
    }

    private static void check(ByteSlab slab, List<Kept> model) {
        assertThat(slab.inUse()).isEqualTo(model.size());
        assertThat(slab.blocksInUse())
                .isEqualTo(model.stream().mapToInt(Kept::blocks).sum());
        for (Kept kept : model) {
            assertThat(slab.matches(kept.handle, 0, kept.content, 0, kept.content.length))
                    .isTrue();
        }
    }
}
