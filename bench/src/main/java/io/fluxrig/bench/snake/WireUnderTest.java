package io.fluxrig.bench.snake;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.JournalKind;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.snake.Snake;
import io.fluxrig.transport.snake.nats.SnakeSettings;
import io.fluxrig.transport.snake.seal.WireKeys;
import io.fluxrig.transport.snake.wire.SnakeWire;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Both ends of a wire between racks in one process, each on a connection of its own, with one strip's ends, as two racks make
 * them. With {@code confirm: broker} nobody receives, and a message is carried once the stream has it; with {@code confirm:
 * receiver} it is once the receiving strip has it, with a journal at each end. One thread plays both strips.
 */
final class WireUnderTest implements JournalReceiver.Handler, Carrier {
    /** Of messages that nobody takes out of the stream. */
    static final String UNREAD = Snake.subject("bench", "unread", "in");

    private static final String READ = Snake.subject("bench", "gear", "in");
    private static final int RING_BYTES = 1 << 19;
    private static final int KEY_BYTES = 32;
    private static final int POLL_MAX = 1024;
    private static final int HOPS_MAX = 64;
    private static final long SLEEP_NS = 1_000_000;

    private final Snake from;
    private final Snake to;
    private final SnakeWire leaving;
    private final SnakeWire arriving;
    private final JournalSender sender;
    private final JournalReceiver receiver;
    private final FluxMsg message;
    private final Thread strip = Thread.currentThread();
    private long received;

    private WireUnderTest(Snake from, SnakeWire leaving, Snake to, SnakeWire arriving, FluxMsg message) {
        this.from = from;
        this.to = to;
        this.leaving = leaving;
        this.arriving = arriving;
        this.message = message;
        sender = leaving.ends().sender(0, new byte[leaving.ends().messageLengthMax()]);
        sender.wakeWhenKept(true);
        IntConsumer wakeStrip = number -> LockSupport.unpark(strip);
        from.start();
        leaving.start(wakeStrip);
        if (arriving == null) {
            receiver = null;
        } else {
            receiver = arriving.ends().receiver(0, HOPS_MAX);
            to.start();
            arriving.start(wakeStrip);
        }
    }

    /** {@code confirm: broker}. */
    static WireUnderTest confirmedByBroker(String url, int inFlightMax, FluxMsg message) throws JournalException {
        Snake from = snake(url, inFlightMax, "from");
        return new WireUnderTest(from, from.leaving(UNREAD, new WireRings(1, RING_BYTES)), null, null, message);
    }

    /** {@code confirm: receiver}. */
    static WireUnderTest confirmedByReceiver(String url, int inFlightMax, Path folder, FluxMsg message)
            throws JournalException {
        Snake from = snake(url, inFlightMax, "from");
        Snake to = snake(url, inFlightMax, "to");
        SnakeWire leaving = from.leaving(READ, journal(folder.resolve("leaving"), JournalKind.OUTGOING));
        SnakeWire arriving = to.arriving(READ, false, journal(folder.resolve("arriving"), JournalKind.INCOMING), 1);
        return new WireUnderTest(from, leaving, to, arriving, message);
    }

    private static Snake snake(String url, int inFlightMax, String rack) throws JournalException {
        SnakeSettings settings = new SnakeSettings(
                List.of(url),
                null,
                null,
                null,
                rack,
                1,
                4L << 30,
                inFlightMax,
                5_000_000_000L,
                30_000_000_000L,
                30_000_000_000L);
        return Snake.open(settings, WireKeys.of(new byte[KEY_BYTES]), Clock.system(), new SecureRandom());
    }

    private static Journal journal(Path folder, JournalKind kind) throws JournalException {
        JournalSettings settings = new JournalSettings(
                folder,
                "bench",
                SyncMode.OS,
                64L << 20,
                600_000_000_000L,
                1L << 30,
                0,
                64L << 20,
                RING_BYTES,
                5_000_000_000L,
                DamagePolicy.REFUSE);
        return Journal.open(
                settings,
                kind,
                () -> new byte[KEY_BYTES],
                new SecureRandom(),
                Clock.system(),
                1,
                new LatencyRecorder());
    }

    @Override
    public void carry(int count) {
        long until = carried() + count;
        int sent = 0;
        while (carried() < until) {
            while (sent < count && sender.send(message) == JournalSender.SENT) {
                sent++;
            }
            sender.endBatch();
            long before = carried();
            if (receiver != null) {
                receiver.poll(0, this, POLL_MAX);
                receiver.acknowledge(receiver.handled());
            }
            if (carried() == before) {
                LockSupport.parkNanos(SLEEP_NS);
            }
        }
    }

    private long carried() {
        return receiver == null ? sender.kept() : received;
    }

    @Override
    public int onMessage(boolean dataLeftOut, FluxMsg message) {
        if (message.rawLength() == 0) {
            throw new IllegalStateException("a message lost its bytes");
        }
        received++;
        return JournalReceiver.TAKEN;
    }

    @Override
    public void onData(CborReader in) {
        throw new IllegalStateException("only wire bytes were sent");
    }

    @Override
    public void close() throws IOException {
        leaving.close();
        from.close();
        if (arriving != null) {
            arriving.close();
            to.close();
        }
    }
}
