package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.JournalKind;
import io.fluxrig.transport.journal.JournalRig;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgWriter;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.FakeBus;
import io.fluxrig.transport.snake.nats.SnakeSettings;
import io.fluxrig.transport.snake.seal.EnvelopeSeal;
import io.fluxrig.transport.snake.seal.SnakeKey;
import io.fluxrig.transport.snake.seal.WireKeys;
import io.fluxrig.transport.snake.thread.SnakeTurns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of messages at an orderly stop of the rack that receives them into a journal. */
class WireEndTest {
    private static final WireKeys KEYS = WireKeys.of(new byte[32]);

    @TempDir
    private Path folder;

    private final FakeBus nats = new FakeBus();
    private final EnvelopeSeal sender = new EnvelopeSeal(new SnakeKey(KEYS), WireRig.SUBJECT, new SecureRandom());
    /** What NATS does next; on the wire's thread, the only one that the fake knows. */
    private final Queue<Runnable> next = new ConcurrentLinkedQueue<>();

    private final CountDownLatch stands = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final Bus bus = (Bus) Proxy.newProxyInstance(
            Bus.class.getClassLoader(), new Class<?>[] {Bus.class}, (self, method, arguments) -> {
                Runnable due = method.getName().equals("connection") ? next.poll() : null;
                if (due != null) {
                    due.run();
                }
                return method.invoke(nats, arguments);
            });

    private Journal journal() throws JournalException {
        JournalSettings settings = new JournalSettings(
                folder.resolve("journal"),
                "west/wire",
                SyncMode.GROUP,
                2 << 20,
                3600 * WireRig.SECOND_NS,
                128 << 20,
                0,
                0,
                JournalKind.RING_BYTES_MAX,
                WireRig.SECOND_NS,
                DamagePolicy.REFUSE);
        byte[] key = JournalRig.key(1);
        return Journal.open(
                settings,
                JournalKind.INCOMING,
                key::clone,
                new SecureRandom(),
                Clock.system(),
                1,
                new LatencyRecorder());
    }

    private SnakeWire open() throws JournalException {
        SnakeSettings snake = new SnakeSettings(
                List.of("nats://127.0.0.1:1"),
                null,
                null,
                null,
                "west",
                0,
                1 << 20,
                16,
                WireRig.SECOND_NS,
                WireRig.SECOND_NS,
                WireRig.SECOND_NS);
        return new SnakeWires(snake, bus, KEYS, Clock.system(), new SecureRandom())
                .arriving(WireRig.SUBJECT, "west+encode+in", false, journal(), 1);
    }

    private void comes(long id) {
        FluxMsg message = new FluxMsg();
        message.id(id);
        byte[] plain = new byte[1000];
        int length = new FluxMsgWriter().write(message, plain, 0, plain.length);
        byte[] east = "east".getBytes(StandardCharsets.US_ASCII);
        nats.inject(WireRig.SUBJECT, sender.seal(0, east, 0, new byte[16], id, plain, length));
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    /** As where the disk does not answer: the journal's thread stands still behind the first message. */
    private void standStill(int strip) {
        stands.countDown();
        try {
            goesOn.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One message is in the journal, and two on their way there that stands still. */
    private SnakeWire loaded() throws Exception {
        SnakeWire wire = open();
        next.add(() -> comes(1));
        wire.start(this::standStill);
        stands.await();
        next.add(() -> comes(2));
        next.add(() -> comes(3));
        await(() -> wire.figures().pending() == 2);
        return wire;
    }

    private static Thread closing(SnakeWire wire) {
        Thread closing = new Thread(
                () -> {
                    try {
                        wire.close();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                "closes");
        closing.start();
        return closing;
    }

    /** What the strip gets of the next run, until another message has come behind those that the stream offers again. */
    private List<Long> nextRun() throws Exception {
        List<Long> ids = new ArrayList<>();
        nats.connection = 2;
        nats.expire();
        nats.redeliver();
        SnakeWire wire = open();
        JournalReceiver strip = wire.ends().receiver(0, 64);
        next.add(() -> comes(4));
        wire.start(woken -> {});
        await(() -> {
            ids.addAll(WireRig.take(strip, JournalReceiver.TAKEN));
            return ids.contains(4L);
        });
        wire.close();
        return ids;
    }

    /** They were written by the closing of the journal, whose new run did not know that it had them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTakeOnceWhatIsOnItsWayIntoTheJournalAtAStop(boolean connected) throws Exception {
        SnakeWire wire = loaded();
        if (!connected) {
            next.add(() -> nats.connection = Bus.DOWN);
            await(next::isEmpty);
        }
        Thread closing = closing(wire);
        await(() -> closing.getState() == Thread.State.TIMED_WAITING);
        goesOn.countDown();
        closing.join();

        assertThat(nextRun()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldTakeItOnceAlsoWhereTheDiskAnswersTooLateForTheWire() throws Exception {
        SnakeWire wire = loaded();
        Thread closing = closing(wire);
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("snake-" + WireRig.SUBJECT)));
        goesOn.countDown();
        closing.join();

        assertThat(nextRun()).containsExactly(1L, 2L, 3L, 4L);
    }

    /** What the journal writes as it is closed is in the hands of a thread that has ended. */
    @Test
    void shouldSettleOnceTheJournalIsClosedAndBeforeItForgetsWhatItHasHad() throws Exception {
        List<String> done = new ArrayList<>();
        Journal journal = journal();
        SnakeTurns turns = new SnakeTurns() {
            @Override
            public boolean turn() {
                return false;
            }

            @Override
            public boolean idle() {
                return true;
            }

            @Override
            public boolean hopeless() {
                return false;
            }

            @Override
            public void ended() {
                done.add(journal.takes() ? "too early" : "settled");
            }
        };
        SnakeWire wire = new SnakeWire(
                "wire",
                journal,
                journal,
                new JournalGate(),
                new SnakeFigures(),
                wake -> turns,
                () -> done.add("forgotten"));
        wire.start(woken -> {});
        wire.close();

        assertThat(done).containsExactly("settled", "forgotten");
    }
}
