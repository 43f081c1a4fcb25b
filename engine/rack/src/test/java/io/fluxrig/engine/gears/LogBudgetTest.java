package io.fluxrig.engine.gears;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.timer.TimerWheel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogBudgetTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long TICK_NS = 5_000_000;

    private final LogLines lines = new LogLines("sparing");
    private final VirtualClock clock = new VirtualClock();
    private TimerWheel wheel = new TimerWheel(clock.nanoTime(), TICK_NS, 1 << 12, 16);
    private Timers.Handler handler;
    private final LogBudgets budgets = new LogBudgets(clock, this::source);

    @AfterEach
    void close() {
        lines.close();
    }

    private Timers.Source source(Timers.Handler asked) {
        handler = asked;
        return new Timers.Source() {
            @Override
            public long schedule(long deadlineNs, long payload) {
                return wheel.schedule(deadlineNs, payload);
            }

            @Override
            public boolean cancel(long timerId) {
                return wheel.cancel(timerId);
            }
        };
    }

    private LogBudget budget(int linesMax, long windowNs) {
        return budgets.of(LoggerFactory.getLogger("sparing"), "answers", linesMax, windowNs);
    }

    private boolean allows(LogBudget budget) {
        return budget.allows(clock.nanoTime());
    }

    private void pass(long durationNs) {
        for (long leftNs = durationNs; leftNs > 0; leftNs -= TICK_NS) {
            clock.advance(TICK_NS);
            wheel.poll(clock.nanoTime(), (nowNs, payload, id) -> handler.onDeadline(nowNs, payload), 16);
        }
    }

    @Test
    void shouldAllowSoManyLinesInEachWindow() {
        LogBudget budget = budget(2, 10 * SECOND_NS);

        assertThat(allows(budget)).isTrue();
        assertThat(allows(budget)).isTrue();
        pass(9 * SECOND_NS);
        assertThat(allows(budget)).isFalse();
        pass(SECOND_NS);
        assertThat(allows(budget)).isTrue();
    }

    @Test
    void shouldSpeakOfSuppressedLinesOnlyIfThereWereSome() {
        LogBudget budget = budget(1, SECOND_NS);
        allows(budget);
        assertThat(budget.takeSuppressed()).isEmpty();
        allows(budget);
        allows(budget);

        assertThat(budget.takeSuppressed()).contains("2 lines");
        assertThat(budget.takeSuppressed()).isEmpty();
    }

    @Test
    void shouldTellTheRestOnceTheWindowIsOver() {
        LogBudget budget = budget(1, 10 * SECOND_NS);
        allows(budget);
        pass(2 * SECOND_NS);
        long since = clock.epochNanos() / SECOND_NS % 60;
        allows(budget);
        pass(SECOND_NS);
        allows(budget);

        pass(7 * SECOND_NS - 2 * TICK_NS);
        assertThat(lines.said()).isEmpty();
        pass(3 * TICK_NS);

        assertThat(lines.said(Level.WARN))
                .singleElement()
                .asString()
                .matches("2 more like this since \\d\\d:\\d\\d:%02dZ: answers".formatted(since));
        pass(60 * SECOND_NS);
        assertThat(lines.said()).hasSize(1);
    }

    @Test
    void shouldTellNothingWhereNothingWasLeftOut() {
        LogBudget budget = budget(1, 10 * SECOND_NS);
        allows(budget);
        pass(11 * SECOND_NS);
        allows(budget);
        pass(60 * SECOND_NS);
        budgets.close();

        assertThat(lines.said()).isEmpty();
        assertThat(wheel.pending()).isZero();
    }

    @Test
    void shouldLeaveToTheNextLineWhatItTells() {
        LogBudget budget = budget(1, SECOND_NS);
        for (int second = 0; second < 20; second++) {
            assertThat(allows(budget)).isTrue();
            budget.takeSuppressed();
            allows(budget);
            assertThat(wheel.pending()).isOne();
            pass(SECOND_NS);
        }
        assertThat(lines.said()).isEmpty();

        pass(11 * SECOND_NS);

        assertThat(lines.said()).singleElement().asString().startsWith("1 more like this since ");
    }

    @Test
    void shouldKeepTwoApart() {
        LogBudget one = budget(1, 10 * SECOND_NS);
        LogBudget other = budgets.of(LoggerFactory.getLogger("sparing"), "requests", 1, 10 * SECOND_NS);
        allows(one);
        allows(one);
        allows(other);
        allows(other);
        allows(other);

        pass(11 * SECOND_NS);

        assertThat(lines.said())
                .hasSize(2)
                .anyMatch(line -> line.matches("1 more .*: answers"))
                .anyMatch(line -> line.matches("2 more .*: requests"));
    }

    @Test
    void shouldTellTheRestWhereItsOwnerStops() {
        LogBudget budget = budget(1, 10 * SECOND_NS);
        allows(budget);
        allows(budget);

        budgets.close();
        assertThat(lines.said()).hasSize(1);
        pass(60 * SECOND_NS);

        assertThat(lines.said()).singleElement().asString().startsWith("1 more like this since ");
    }

    @Test
    void shouldTryAgainWhereTheWheelIsFull() {
        wheel = new TimerWheel(clock.nanoTime(), TICK_NS, 1 << 12, 1);
        long taken = wheel.schedule(clock.nanoTime() + 100 * SECOND_NS, 0);
        LogBudget budget = budget(1, 10 * SECOND_NS);
        allows(budget);
        allows(budget);
        wheel.cancel(taken);
        allows(budget);

        pass(11 * SECOND_NS);

        assertThat(lines.said()).singleElement().asString().startsWith("2 more like this since ");
    }
}
