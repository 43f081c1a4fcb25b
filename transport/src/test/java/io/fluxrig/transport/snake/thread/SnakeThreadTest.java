package io.fluxrig.transport.snake.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.Shortage;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SnakeThreadTest {
    private final JournalGate gate = new JournalGate();
    private final Work work = new Work();
    private final SnakeThread thread = new SnakeThread("test", work, gate, false);

    /** What the wire's thread has to do. */
    private static final class Work implements SnakeTurns {
        final AtomicInteger turns = new AtomicInteger();
        final AtomicInteger left = new AtomicInteger();
        volatile boolean hopeless;
        volatile boolean fails;
        volatile boolean ending;
        int turnsAtTheEnd;

        @Override
        public boolean turn() {
            turns.incrementAndGet();
            if (fails) {
                throw new IllegalStateException("as a test wants it");
            }
            return left.getAndUpdate(before -> Math.max(0, before - 1)) > 0;
        }

        @Override
        public void ending() {
            if (!ending) {
                turnsAtTheEnd = turns.get();
            }
            ending = true;
        }

        @Override
        public boolean idle() {
            return left.get() == 0;
        }

        @Override
        public boolean hopeless() {
            return hopeless;
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    @Test
    void shouldTakeTurnsAndGoOnTakingThemWhenThereIsNothingToDo() {
        thread.start();
        int before = work.turns.get();
        await(() -> work.turns.get() > before + 300); // past its spins
        thread.end();
        int after = work.turns.get();
        assertThat(after).isPositive();
        assertThat(gate.state()).isEqualTo(JournalGate.OPEN);
    }

    @Test
    void shouldLetGoWhatIsInHandBeforeItEnds() {
        thread.start();
        work.left.set(50);
        thread.end();
        assertThat(work.left.get()).isZero();
    }

    @Test
    void shouldNotWaitForWhatCannotGo() {
        work.hopeless = true;
        work.left.set(Integer.MAX_VALUE);
        thread.start();
        thread.end();
        assertThat(work.left.get()).isPositive();
    }

    @Test
    void shouldTakeNothingMoreOnceItHasFailed() {
        work.fails = true;
        thread.start();
        await(() -> gate.state() == JournalGate.FAILED);
        await(() -> gate.shortage() != null && gate.shortage().cause() == Shortage.Cause.FAILED);
        assertThat(gate.shortage().refusing()).as("a journal takes messages on").isFalse();
        thread.end();
    }

    @Test
    void shouldSayThatItIsTheEndBeforeTheLastTurns() {
        thread.start();
        thread.end();
        assertThat(work.ending).isTrue();
        assertThat(work.turns.get()).isGreaterThan(work.turnsAtTheEnd);
    }

    /** What it had offered to a journal was written as that was closed. */
    @Test
    void shouldSayThatItIsTheEndAlsoWhereItHasFailed() {
        work.fails = true;
        thread.start();
        await(() -> gate.state() == JournalGate.FAILED);
        thread.end();
        assertThat(work.ending).isTrue();
    }
}
