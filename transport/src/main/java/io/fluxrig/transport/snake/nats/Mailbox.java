package io.fluxrig.transport.snake.nats;

import io.fluxrig.perf.count.Counter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What NATS brings for one thread, until that one takes it. Little more comes than was asked for, but anybody who may publish to a
 * subject that is listened to can send more: what goes beyond the most is dropped and counted, and what counts of it comes again.
 *
 * <p>{@link #listen} before anything comes; put in by the connection's one thread, taken out by another.
 */
public final class Mailbox {
    /** Bytes of answers and the like; one more message may always come. */
    static final long BYTES_MAX = 16L << 20;

    private final Queue<BusMessage> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final int countMax;
    private final long bytesMax;
    private final Runnable wake;
    private final Counter dropped;

    /** For what is short, {@link #BYTES_MAX} of it at most. */
    public Mailbox(int countMax, Runnable wake, Counter dropped) {
        this(countMax, BYTES_MAX, wake, dropped);
    }

    /**
     * @param wake called on the connection's thread when something has come
     * @param dropped written on the connection's thread alone
     */
    public Mailbox(int countMax, long bytesMax, Runnable wake, Counter dropped) {
        this.countMax = countMax;
        this.bytesMax = bytesMax;
        this.wake = wake;
        this.dropped = dropped;
    }

    /** Before {@link #poll}: has what comes on that subject put in here. */
    public void listen(Bus bus, String subject) {
        bus.listen(subject, this::post);
    }

    private void post(BusMessage message) {
        if (count.get() >= countMax || bytes.get() >= bytesMax) {
            dropped.increment();
            return;
        }
        count.incrementAndGet();
        bytes.addAndGet(message.body().length);
        messages.add(message);
        wake.run();
    }

    /** The next message; null if there is none. */
    public BusMessage poll() {
        BusMessage next = messages.poll();
        if (next != null) {
            count.decrementAndGet();
            bytes.addAndGet(-next.body().length);
        }
        return next;
    }
}
