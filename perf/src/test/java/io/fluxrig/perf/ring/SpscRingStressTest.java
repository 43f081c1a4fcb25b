package io.fluxrig.perf.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads, a ring so small that it is always full or empty: every byte of every record arrives, in order. */
class SpscRingStressTest {

    private static final int RECORDS = 500_000;

    private final SpscRing ring = new SpscRing(512);
    private long next;
    private long faults;

    /** Length and bytes of record {@code n} follow from {@code n}. */
    private static int lengthOf(long n) {
        return (int) (n * 7 % 41) + 8;
    }

    private static byte byteOf(long n, int i) {
        return (byte) (n * 31 + i);
    }

    @Test
    @Timeout(120)
    void shouldCarryEveryByteInOrder() throws InterruptedException {
        Thread producer = new Thread(this::produce);
        producer.start();
        while (next < RECORDS) {
            if (ring.poll(this::check, 8) == 0) {
                Thread.onSpinWait();
            }
        }
        producer.join();

        assertThat(faults).isZero();
        assertThat(ring.isEmpty()).isTrue();
    }

    private void produce() {
        byte[] body = new byte[64];
        for (long n = 0; n < RECORDS; n++) {
            int length = lengthOf(n);
            for (int i = 0; i < length; i++) {
                body[i] = byteOf(n, i);
            }
            while (ring.offer((int) n, body, 0, length) != SpscRing.OK) {
                Thread.onSpinWait();
            }
        }
    }

    private void check(int type, ByteBuffer memory, int offset, int length) {
        long n = next++;
        if (type != (int) n || length != lengthOf(n)) {
            faults++;
            return;
        }
        for (int i = 0; i < length; i++) {
            if (memory.get(offset + i) != byteOf(n, i)) {
                faults++;
                return;
            }
        }
    }
}
