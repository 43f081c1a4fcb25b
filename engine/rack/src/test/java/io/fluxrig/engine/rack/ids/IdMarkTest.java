package io.fluxrig.engine.rack.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.id.IdGenerator;
import io.fluxrig.transport.journal.store.JournalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdMarkTest {
    private static final long DAY_TICKS = 24 * IdMark.SPAN;
    private static final long START = 1_000 * DAY_TICKS;

    @TempDir
    Path folder;

    private final VirtualClock clock =
            new VirtualClock(0, IdGenerator.EPOCH_MS * 1_000_000 + START * IdGenerator.TICK_NS);

    private IdMark last;

    @AfterEach
    void close() {
        if (last != null) {
            last.closeFile();
        }
    }

    @Test
    void shouldGiveNoIdTwiceWhenAProcessIsKilledAndItsClockIsSetBack() throws Exception {
        Set<Long> issued = new HashSet<>();
        for (int start = 0; start < 5; start++) {
            IdGenerator ids = ids(next());
            for (int i = 0; i < 100; i++) {
                assertThat(issued.add(ids.next())).isTrue();
                clock.advance(IdGenerator.TICK_NS);
            }
            clock.jump(-100 * IdGenerator.TICK_NS);
        }
    }

    @Test
    void shouldBeginRightBehindTheLastIdWhereItEndedInPeace() throws Exception {
        IdMark first = IdMark.open(folder, clock);
        IdGenerator ids = ids(first);
        ids.next();
        first.leave(true);
        clock.jump(-TimeUnit.HOURS.toNanos(3));

        IdMark second = IdMark.open(folder, clock);

        assertThat(ids(second).next()).isEqualTo((START + 1) << 25);
        second.leave(true);
    }

    @Test
    void shouldBeginAboveTheMarkWhereStripsMayIssueIdsStill() throws Exception {
        IdMark first = IdMark.open(folder, clock);
        first.leave(false);

        assertThat(ids(next()).next()).isEqualTo((START + IdMark.SPAN) << 25);
    }

    @Test
    void shouldFollowTheClockForAsLongAsTheMarkIsRaised() throws Exception {
        IdMark mark = next();
        IdGenerator ids = ids(mark);
        for (int minute = 0; minute < 200; minute++) {
            clock.advance(TimeUnit.MINUTES.toNanos(1));
            mark.look();
            ids.next();
            assertThat(ids.aheadNs()).isZero();
            assertThat(IdGenerator.epochNanosOf(ids.next())).isEqualTo(clock.epochNanos());
        }
        assertThat(mark.trouble()).isEmpty();
    }

    @Test
    void shouldWriteAfterSomeMinutesOnly() throws Exception {
        IdMark mark = next();
        byte[] before = Files.readAllBytes(file());
        clock.advance(TimeUnit.MINUTES.toNanos(5));
        mark.look();
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        clock.advance(IdGenerator.TICK_NS);
        mark.look();
        assertThat(Files.readAllBytes(file())).isNotEqualTo(before);
    }

    @Test
    void shouldNotRunAwayFromTheClockWhereARackStartsAgainAndAgain() throws Exception {
        for (int start = 0; start < 50; start++) {
            next();
        }
        assertThat(next().ceiling().below()).isEqualTo(START + IdMark.SPAN + 50 * IdMark.STEP);
    }

    @Test
    void shouldKeepAheadOfIdsThatAreAheadOfTheClock() throws Exception {
        IdMark.open(folder, clock).leave(false);
        IdMark mark = next();
        IdGenerator ids = ids(mark);
        long below = mark.ceiling().below();
        for (long i = 0; i <= IdMark.STEP / 2 * 16_384; i++) {
            ids.next();
        }
        mark.look();
        assertThat(mark.ceiling().below()).isEqualTo(below + IdMark.STEP / 2);
    }

    @Test
    void shouldSayThatItIsNotWritten() throws Exception {
        IdMark mark = next();
        long below = mark.ceiling().below();
        mark.closeFile();
        clock.advance(TimeUnit.MINUTES.toNanos(6));
        mark.look();
        assertThat(mark.trouble()).isEmpty();
        clock.advance(TimeUnit.SECONDS.toNanos(7));
        mark.look();

        assertThat(mark.trouble())
                .isEqualTo(file() + " has not been written for 7 s, which message ids need to go on: "
                        + (IdMark.SPAN - 1 - 6 * IdMark.STEP - 700) * 16_384 + " more on each strip");
        assertThat(mark.lateSeconds()).isEqualTo(7);
        assertThat(mark.ceiling().below()).isEqualTo(below);
    }

    @Test
    void shouldSayHowManyIdsAreLeftAfterAKill() throws Exception {
        next();
        IdMark mark = next();
        mark.closeFile();
        IdGenerator ids = ids(mark);
        for (long i = 0; i <= IdMark.STEP / 2 * 16_384; i++) {
            ids.next();
        }
        mark.look();
        clock.advance(TimeUnit.SECONDS.toNanos(7));

        assertThat(mark.trouble()).endsWith(": " + (IdMark.STEP / 2 - 1) * 16_384 + " more on each strip");
    }

    /** The mark stood as unwritten for good. */
    @Test
    void shouldForgetThatItWasNotWrittenWhereTheClockIsSetBackAndItNeedNotBe() throws Exception {
        IdMark mark = next();
        mark.closeFile();
        clock.advance(TimeUnit.MINUTES.toNanos(6));
        mark.look();
        clock.jump(-TimeUnit.MINUTES.toNanos(6));
        mark.look();
        clock.advance(TimeUnit.SECONDS.toNanos(30));

        assertThat(mark.lateSeconds()).isZero();
        assertThat(mark.trouble()).isEmpty();
    }

    /** Its thread ended, and nobody knew. */
    @Test
    void shouldGoOnAfterAFailureThatNobodyExpects() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        Clock failing = new Clock() {
            @Override
            public long nanoTime() {
                return clock.nanoTime();
            }

            @Override
            public long epochNanos() {
                if (fails.get()) {
                    throw new IllegalStateException("no time");
                }
                return clock.epochNanos();
            }
        };
        last = IdMark.openUnwatched(folder, failing);
        fails.set(true);
        last.look();
        clock.advance(TimeUnit.MINUTES.toNanos(6));
        assertThat(last.lateSeconds()).isEqualTo(360);

        fails.set(false);
        last.look();
        assertThat(last.lateSeconds()).isZero();
        assertThat(last.ceiling().below()).isEqualTo(START + 6 * IdMark.STEP + IdMark.SPAN);
    }

    @Test
    void shouldHoldByTheLineOfBeforeWhereTheLastIsTorn() throws Exception {
        IdMark mark = next();
        clock.advance(TimeUnit.HOURS.toNanos(1));
        mark.look();
        mark.closeFile();
        byte[] content = Files.readAllBytes(file());
        assertThat(new String(content, 0, 37, StandardCharsets.US_ASCII))
                .startsWith("0000000002 " + String.format("%016d", START + 2 * IdMark.SPAN) + " ");
        content[20]++;
        Files.write(file(), content);

        assertThat(next().ceiling().reached()).isEqualTo(START + IdMark.SPAN - 1);
    }

    @Test
    void shouldRefuseAFileThatSaysNothing() throws Exception {
        for (String content : new String[] {"", "rubbish", "0000000002 0000000000000001 00000000\n"}) {
            Files.writeString(file(), content);
            assertThatThrownBy(() -> IdMark.open(folder, clock))
                    .isInstanceOf(JournalException.class)
                    .hasMessage(file() + " cannot be used: neither of its two lines is whole. It keeps message ids from"
                            + " coming twice. Where it is damaged, and this machine's clock is right (date), remove it an"
                            + " hour after the rack ran last, or at once together with a new rack.machine_id: ids begin at the"
                            + " clock then");
        }
    }

    @Test
    void shouldRefuseASecondOneBesideIt() throws Exception {
        IdMark mark = IdMark.open(folder, clock);

        assertThatThrownBy(() -> IdMark.open(folder, clock))
                .hasMessageContaining("what ran before is still writing to it, so its disk does not answer");
        mark.leave(true);
        IdMark.open(folder, clock).leave(true);
    }

    @Test
    void shouldRefuseTheEndOfTheTicks() throws Exception {
        clock.setEpochNanos(IdGenerator.EPOCH_MS * 1_000_000 + (IdGenerator.TICK_MAX - 5) * IdGenerator.TICK_NS);
        IdMark mark = next();
        assertThat(mark.ceiling().below()).isEqualTo(IdGenerator.TICK_MAX + 1);
        mark.look();

        assertThatThrownBy(this::next)
                .hasMessageContaining("it says that ids are at the end of what they count, in the year 2112");
    }

    private Path file() {
        return folder.resolve("ids.mark");
    }

    private IdGenerator ids(IdMark mark) {
        return new IdGenerator(clock, 0, mark.ceiling());
    }

    /** Of the next process; the one before was killed. */
    private IdMark next() throws JournalException {
        if (last != null) {
            last.closeFile();
        }
        last = IdMark.openUnwatched(folder, clock);
        return last;
    }
}
