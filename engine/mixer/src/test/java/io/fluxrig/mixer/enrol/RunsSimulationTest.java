package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Racks and mixers that are killed and started, and racks that are copied, on machines whose clocks are apart and are set, with heartbeats that
 * come late, together or past each other: one seed decides all of it. A rack that runs alone is never refused; of two that run, one is
 * refused soon. A failure names the seed.
 */
class RunsSimulationTest {
    private static final long AWAY_MS = 15_000;
    private static final long BEAT_MS = 1_000;
    private static final long END_MS = 600_000;
    private static final int SEEDS = 200;

    /** A heartbeat is delayed less than a rack takes to start and to say a second one, or is a single one that is lost behind a later one. */
    private static final int DELAY_MAX_MS = 1_900;

    private static final int STRAGGLER_MS = 60_000;
    /** Three heartbeats of each and their delays; where a clock was set back, as long as {@link Lag} remembers the time before. */
    private static final long NOTICED_MS = 10_000;

    private final PriorityQueue<Came> underway = new PriorityQueue<>(Comparator.comparingLong(Came::atMs));
    private long nowMs;
    private Random random;
    private Runs runs;

    private record Came(long atMs, Rack of, long placeMs, long writtenMs) {}

    private static final class Rack {
        private final long run;
        private long clockMs;
        private long placeMs;
        private long nextMs;
        private long nextHelloMs;
        private boolean refused;
        private boolean straggled;

        Rack(long run, long clockMs, long nextMs) {
            this.run = run;
            this.clockMs = clockMs;
            this.nextMs = nextMs;
        }
    }

    private void start(long seed) {
        random = new Random(seed);
        nowMs = 1_000_000;
        underway.clear();
        startMixer();
    }

    private void startMixer() {
        runs = new Runs(AWAY_MS, () -> Instant.ofEpochMilli(nowMs), () -> nowMs * 1_000_000);
    }

    private Rack startRack() {
        long clockMs = random.nextInt(200_000) - 100_000L;
        return new Rack(((nowMs + clockMs) << 10) + random.nextInt(1 << 10), clockMs, nowMs + 1_000);
    }

    /** A rack says what is due. */
    private void turn(Rack each) {
        if (each.refused) {
            if (nowMs >= each.nextHelloMs) {
                each.nextHelloMs = nowMs + 2_000;
                each.refused = runs.isRefusedAsItSays("east", each.run, place(each));
            }
        } else if (nowMs >= each.nextMs) {
            each.nextMs = nowMs + BEAT_MS + random.nextInt(20);
            underway.add(new Came(nowMs + delayMs(each), each, place(each), nowMs + each.clockMs));
        }
    }

    private long place(Rack of) {
        of.placeMs = Math.max(of.placeMs + 1, nowMs + of.clockMs);
        return of.placeMs;
    }

    private long delayMs(Rack of) {
        int kind = random.nextInt(100);
        if (kind == 0 && !of.straggled) {
            of.straggled = true;
            return random.nextInt(STRAGGLER_MS);
        }
        of.straggled = false;
        return kind < 90 ? 1 + random.nextInt(20) : random.nextInt(DELAY_MAX_MS);
    }

    /** What has come by now; the runs that are refused. */
    private List<Long> hear() {
        List<Long> refused = new ArrayList<>();
        while (!underway.isEmpty() && underway.peek().atMs() <= nowMs) {
            Came came = underway.poll();
            if (runs.refusal("east", came.of().run, came.placeMs(), came.writtenMs()) != null) {
                continue;
            }
            Runs.Heard heard = runs.heard("east", came.of().run, came.writtenMs());
            if (heard.noticed() != 0) {
                refused.add(heard.noticed());
            }
            if (heard.refused()) {
                refused.add(came.of().run);
            }
        }
        return refused;
    }

    @ParameterizedTest
    @ValueSource(ints = SEEDS)
    void shouldNeverRefuseARackThatIsAlone(int seeds) {
        for (long seed = 0; seed < seeds; seed++) {
            start(seed);
            Rack rack = startRack();
            long endMs = nowMs + END_MS;
            while (nowMs < endMs) {
                nowMs += 10;
                if (random.nextInt(1_000) == 0) {
                    rack = startRack();
                }
                if (random.nextInt(1_000) == 0) {
                    startMixer();
                }
                if (random.nextInt(5_000) == 0) {
                    rack.clockMs = random.nextInt(200_000) - 100_000L;
                }
                turn(rack);
                assertThat(hear()).as("seed %d at %d ms", seed, nowMs).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = SEEDS)
    void shouldSoonRefuseOneOfTwoAndNeverBoth(int seeds) {
        for (long seed = 0; seed < seeds; seed++) {
            start(seed);
            Rack one = startRack();
            Rack other = startRack();
            long endMs = nowMs + END_MS;
            long bothSinceMs = nowMs;
            long withinMs = NOTICED_MS;
            while (nowMs < endMs) {
                nowMs += 10;
                if (random.nextInt(5_000) == 0) {
                    startMixer();
                    bothSinceMs = nowMs;
                }
                if (random.nextInt(10_000) == 0) {
                    one.clockMs = random.nextInt(200_000) - 100_000L;
                    withinMs = NOTICED_MS + 2 * Lag.WINDOW_MS;
                }
                turn(one);
                turn(other);
                for (long refused : hear()) {
                    Rack which = refused == one.run ? one : other;
                    which.nextHelloMs = which.refused ? which.nextHelloMs : nowMs + 2_000;
                    which.refused = true;
                }
                bothSinceMs = one.refused || other.refused ? nowMs : bothSinceMs;
                assertThat(nowMs - bothSinceMs)
                        .as("seed %d: both run, ms", seed)
                        .isLessThan(withinMs);
                assertThat(one.refused && other.refused)
                        .as("seed %d at %d ms: both are refused", seed, nowMs)
                        .isFalse();
            }
        }
    }
}
