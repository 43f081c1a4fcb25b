package io.fluxrig.engine.gears.conductor.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fluxrig.perf.buffer.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class TicketIndexTest {
    private final TicketIndex index = new TicketIndex(32);

    @Test
    void shouldGiveAHashToTheFirstStripThatClaims() {
        assertThat(index.claim(77, 2)).isEqualTo(2);
        assertThat(index.claim(77, 1)).isEqualTo(2);
        assertThat(index.owner(77)).isEqualTo(2);
        assertThat(index.owner(78)).isEqualTo(TicketIndex.NOBODY);
    }

    @Test
    void shouldCountTheTicketsOfAHash() {
        index.claim(77, 2);
        index.claim(77, 2);

        index.release(77, 2);
        assertThat(index.owner(77)).isEqualTo(2);
        index.release(77, 2);
        assertThat(index.owner(77)).isEqualTo(TicketIndex.NOBODY);
        assertThat(index.size()).isZero();
    }

    @Test
    void shouldRejectReleasingWhatTheStripDoesNotHold() {
        index.claim(77, 2);

        assertThatIllegalStateException().isThrownBy(() -> index.release(77, 1));
        assertThatIllegalStateException().isThrownBy(() -> index.release(78, 2));
        assertThat(index.owner(77)).isEqualTo(2);
    }

    @Test
    void shouldOverflowABucketAndGiveTheSpareOnesBack() {
        for (int round = 0; round < 3; round++) {
            int entered = 0;
            while (index.claim((long) entered << 32, 3) == 3) {
                entered++;
            }
            assertThat(entered).isEqualTo(7 * 65);
            assertThat(index.size()).isEqualTo(entered);
            for (int i = 0; i < entered; i++) {
                assertThat(index.owner((long) i << 32)).isEqualTo(3);
            }
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < entered; i++) {
                order.add(i);
            }
            java.util.Collections.shuffle(order, new Random(round));
            for (int i : order) {
                index.release((long) i << 32, 3);
            }
            assertThat(index.size()).isZero();
        }
    }

    @Test
    void shouldAgreeOnOneOwnerWhateverStripsClaimAtOnce() throws InterruptedException {
        int hashes = 64;
        int strips = 4;
        AtomicIntegerArray holders = new AtomicIntegerArray(hashes);
        AtomicReference<String> fault = new AtomicReference<>();
        Thread[] threads = new Thread[strips];
        for (int s = 0; s < strips; s++) {
            int strip = s;
            threads[s] = new Thread(() -> claimAndRelease(strip, hashes, holders, fault));
            threads[s].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(fault.get()).isNull();
        assertThat(index.size()).isZero();
    }

    /** Holding a hash means that no other strip does: marked by a number that only the holder may change. */
    private void claimAndRelease(int strip, int hashes, AtomicIntegerArray holders, AtomicReference<String> fault) {
        Random random = new Random(strip);
        for (int i = 0; i < 100_000 && fault.get() == null; i++) {
            int n = random.nextInt(hashes);
            long hash = Bytes.mix64(n);
            if (index.claim(hash, strip) == strip) {
                if (!holders.compareAndSet(n, 0, strip + 1)) {
                    fault.compareAndSet(null, "two strips hold hash " + n);
                }
                if (index.owner(hash) != strip) {
                    fault.compareAndSet(null, "the owner of hash " + n + " is not the holder");
                }
                holders.set(n, 0);
                index.release(hash, strip);
            }
        }
    }
}
