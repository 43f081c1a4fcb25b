package io.fluxrig.bench.engine;

import io.fluxrig.engine.gears.conductor.ticket.TicketIndex;
import io.fluxrig.engine.gears.conductor.ticket.TicketOpening;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.timer.TimerWheel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One request's ticket redeemed and the next one's claimed while {@code open} others wait: key, index, deadline, slab. The
 * ticket redeemed is one claimed long before, as in a rack, so that with a million open nothing of it is in a cache; what that
 * alone costs shows {@code touchMemory}, which reads and writes a body's bytes at random places of arrays as large as the tickets'
 * own and does nothing else.
 *
 * <pre>
 *   claim:  index.claim - store.open - wheel.schedule        redeem:  store.find - body - wheel.cancel - release - index.release
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1500m", "-Xmx1500m", "-XX:+AlwaysPreTouch"})
public class TicketBenchmark {
    private static final int KEY_LENGTH = 24;
    private static final int BODY_LENGTH = 250;
    private static final int BLOCK_LENGTH = 512;
    private static final int BLOCKS_PER_ARRAY = 1 << 16;
    private static final int STRIP = 1;
    private static final long TIMEOUT_NS = 30_000_000_000L;
    private static final long BETWEEN_NS = 10_000;

    @Param({"100", "10000", "1000000"})
    int open;

    private final TicketOpening opening = new TicketOpening();
    private final byte[] key = new byte[KEY_LENGTH];
    private final byte[] body = new byte[BODY_LENGTH];
    private final byte[] read = new byte[BODY_LENGTH];
    private TicketStore store;
    private TicketIndex index;
    private TimerWheel wheel;
    private byte[][] memory;
    private long next;

    @Setup
    public void fill() {
        store = new TicketStore(open + 1, 0);
        index = new TicketIndex(open + 1);
        wheel = new TimerWheel(0, 5_000_000, 4096, open + 1);
        memory = new byte[(open + BLOCKS_PER_ARRAY - 1) / BLOCKS_PER_ARRAY][];
        opening.key = key;
        opening.keyLength = KEY_LENGTH;
        opening.body = body;
        opening.bodyLength = BODY_LENGTH;
        opening.header = key;
        opening.parked = key;
        for (next = 0; next < open; next++) {
            claim(next);
        }
    }

    /** Allocates the memory to touch only where it is asked for; the million need half a gigabyte twice otherwise. */
    private byte[] array(int block) {
        int at = block / BLOCKS_PER_ARRAY;
        if (memory[at] == null) {
            store.releaseAll(ticket -> {});
            store = null;
            for (int i = 0; i < memory.length; i++) {
                memory[i] = new byte[Math.min(open, BLOCKS_PER_ARRAY) * BLOCK_LENGTH];
            }
        }
        return memory[at];
    }

    @Benchmark
    public int claimAndRedeem() {
        int length = redeem(next - open);
        claim(next);
        next++;
        return length;
    }

    @Benchmark
    public int touchMemory() {
        int block = (int) Long.remainderUnsigned(Bytes.mix64(next++), open);
        byte[] array = array(block);
        int at = block % BLOCKS_PER_ARRAY * BLOCK_LENGTH;
        System.arraycopy(array, at, read, 0, BODY_LENGTH);
        System.arraycopy(body, 0, array, at, BODY_LENGTH);
        return read[0];
    }

    private void claim(long number) {
        long hash = keyOf(number);
        if (index.claim(hash, STRIP) != STRIP) {
            throw new IllegalStateException("another strip's");
        }
        opening.hash = hash;
        int ticket = store.open(opening);
        store.timer(ticket, wheel.schedule(number * BETWEEN_NS + TIMEOUT_NS, ticket));
    }

    private int redeem(long number) {
        long hash = keyOf(number);
        int ticket = store.find(hash, key, KEY_LENGTH);
        if (ticket < 0 || !wheel.cancel(store.timer(ticket))) {
            throw new IllegalStateException("no ticket " + number);
        }
        int length = store.body(ticket, read);
        store.release(ticket);
        index.release(hash, STRIP);
        return length;
    }

    private long keyOf(long number) {
        Bytes.putLongBe(key, 0, number);
        Bytes.putLongBe(key, 8, Bytes.mix64(number));
        return Bytes.hash64(key, 0, KEY_LENGTH);
    }
}
