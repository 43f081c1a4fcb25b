package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.ends.JournalTap;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.snake.nats.FakeBus;
import io.fluxrig.transport.snake.nats.SaidLines;
import io.fluxrig.transport.snake.seal.Origin;
import io.fluxrig.transport.snake.seal.SnakeKey;
import io.fluxrig.transport.snake.seal.WireKeys;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Both ends of a wire over a {@link FakeBus}; the test takes their turns and moves the clock. */
public final class WireRig {
    static final String SUBJECT = "flux.msg.west.encode.in";
    static final long SECOND_NS = 1_000_000_000L;
    static final Origin ORIGIN = new Origin(new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9});

    final VirtualClock clock = new VirtualClock();
    final FakeBus bus = new FakeBus();
    final SnakeFigures sent = new SnakeFigures();
    final SnakeFigures got = new SnakeFigures();
    final List<Integer> settled = new ArrayList<>();
    final List<Long> delivered = new ArrayList<>();
    final Deque<Long> toSend = new ArrayDeque<>();
    final SaidLines lines = new SaidLines();
    final SeenIds seen = SeenIds.inMemory();
    boolean shared;
    boolean confirmed;
    boolean stuck;
    boolean stalled;
    boolean tooLong;
    /** Of 500 bytes. */
    final Set<Long> longOnes = new HashSet<>();

    boolean landingFull;
    boolean landingKeeps = true;
    /** Has no space, or has failed; whether it has room for some is another question. */
    boolean landingTakesNothing;

    private final Deque<Integer> landed = new ArrayDeque<>();
    private boolean withdrawing;
    private final SenderSettings sender;
    Publisher publisher;
    Puller puller;

    WireRig(boolean confirm) {
        this(confirm, 2);
    }

    WireRig(boolean confirm, long confirmWaitSeconds) {
        this(confirm, confirmWaitSeconds, 16);
    }

    /** @param inFlight that the sender may have in hand */
    WireRig(boolean confirm, long confirmWaitSeconds, int inFlight) {
        sender = new SenderSettings(
                "east", SUBJECT, confirm, inFlight, 1 << 20, SECOND_NS, confirmWaitSeconds * SECOND_NS, 5 * SECOND_NS);
        confirmed = confirm;
        publisher();
        puller(1);
    }

    /** Another run of the sender, with nothing in hand. */
    void publisher() {
        publisher =
                new Publisher(sender, bus, new Numbers(), key(1), new SecureRandom(), clock, sent, () -> {}, lines.log);
    }

    void puller(int key) {
        puller(key(key));
    }

    void puller(SnakeKey key) {
        puller = new Puller(
                new ReceiverSettings(SUBJECT, "west+encode+in", shared, confirmed, 16, 1000),
                bus,
                new Ground(),
                key,
                seen,
                new SecureRandom(),
                clock,
                got,
                () -> {},
                lines.log);
    }

    public static SnakeKey key(int first) {
        return new SnakeKey(WireKeys.of(bytes(first)));
    }

    /** One that notes when its advice is asked for. */
    public static SnakeKey advising(int first, Runnable asked) {
        WireKeys keys = WireKeys.of(bytes(first));
        return new SnakeKey(new WireKeys() {
            @Override
            public List<byte[]> now() {
                return keys.now();
            }

            @Override
            public String advice() {
                asked.run();
                return "";
            }
        });
    }

    private static byte[] bytes(int first) {
        byte[] key = new byte[32];
        key[0] = (byte) first;
        return key;
    }

    void send(long from, long to) {
        for (long sequence = from; sequence <= to; sequence++) {
            toSend.add(sequence);
        }
    }

    /** Turns of the sender only. */
    void sendTurns() {
        for (int i = 0; i < 20; i++) {
            publisher.turn();
        }
    }

    /** The sender alone, for so many tenths of a second. */
    void sendTenths(long tenths) {
        for (long tenth = 0; tenth < tenths; tenth++) {
            clock.advance(SECOND_NS / 10);
            sendTurns();
        }
    }

    void receiveTurns() {
        for (int i = 0; i < 20; i++) {
            puller.turn();
        }
    }

    void turns() {
        for (int i = 0; i < 20; i++) {
            publisher.turn();
            puller.turn();
        }
    }

    void after(long seconds) {
        for (long tenth = 0; tenth < 10 * seconds; tenth++) {
            clock.advance(SECOND_NS / 10);
            publisher.turn();
            puller.turn();
        }
        turns();
    }

    /** The messages are their sequences. */
    private final class Numbers implements Departures {
        @Override
        public Origin origin() {
            return ORIGIN;
        }

        @Override
        public int poll(JournalTap.Handler to, int limit) {
            Long next = toSend.poll();
            if (next == null) {
                return 0;
            }
            int length = longOnes.contains(next) ? 500 : 8;
            ByteBuffer memory = ByteBuffer.allocate(length).putLong(0, next);
            to.onMessage(next, 0, false, memory, 0, length);
            return 1;
        }

        @Override
        public void settled(int strip) {
            settled.add(strip);
        }

        @Override
        public void flush() {
            // nobody to tell
        }

        @Override
        public void stuck(boolean now) {
            stuck = now;
        }

        @Override
        public void stalled(boolean now, long sinceEpochNs) {
            stalled = now;
        }

        @Override
        public void tooLong(boolean now, long sinceEpochNs) {
            tooLong = now;
        }
    }

    private final class Ground implements Landing {
        @Override
        public boolean offer(int place, int strip, boolean dataLeftOut, byte[] message, int length) {
            if (landingFull) {
                return false;
            }
            delivered.add(ByteBuffer.wrap(message).getLong());
            landed.add(place);
            return true;
        }

        @Override
        public boolean settle(Settled to) {
            boolean any = false;
            while (landingKeeps && !landed.isEmpty()) {
                to.onSettled(landed.remove(), Fate.TAKEN);
                any = true;
            }
            while (withdrawing && !landed.isEmpty()) {
                to.onSettled(landed.remove(), Fate.WITHDRAWN);
                any = true;
            }
            withdrawing = false;
            return any;
        }

        @Override
        public boolean settled() {
            return landed.isEmpty();
        }

        @Override
        public boolean takes() {
            return !landingTakesNothing;
        }

        @Override
        public void withdraw() {
            withdrawing = true;
        }

        @Override
        public void flush() {
            // nobody to tell
        }
    }

    /** A ring's message of that id. */
    static int send(JournalSender sender, long id) {
        FluxMsg message = new FluxMsg();
        message.id(id);
        return sender.send(message);
    }

    /** The ids that a ring's strip takes. */
    static List<Long> take(JournalReceiver receiver, int answer) {
        List<Long> ids = new ArrayList<>();
        receiver.poll(
                0,
                (left, message) -> {
                    ids.add(message.id());
                    return answer;
                },
                100);
        receiver.acknowledge(receiver.handled());
        return ids;
    }

    static WireRings rings() {
        return new WireRings(2, 1 << 12);
    }
}
