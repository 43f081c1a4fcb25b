package io.fluxrig.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Thousands of runs, one seed each, on all cores. A failure names its seed and the command that runs it again, alone.
 *
 * <p>{@code -Dsimulation.seed=N} runs that seed only; {@code -Dsimulation.runs=N} that many, from {@code -Dsimulation.first}.
 */
class SimulationTest {
    private static final int RUNS_DEFAULT = 2000;

    /** Of each thread, since a scenario's sockets are those of the simulation that runs it. */
    private final ThreadLocal<Scenarios> scenarios = ThreadLocal.withInitial(Scenarios::new);

    private final Logger gears = (Logger) LoggerFactory.getLogger("gear");
    private Level levelBefore;

    /** The gears' complaints are wanted for one seed, not for thousands. */
    @BeforeEach
    void quieten() {
        levelBefore = gears.getLevel();
        gears.setLevel(Long.getLong("simulation.seed") == null ? Level.OFF : Level.INFO);
    }

    @AfterEach
    void restore() {
        gears.setLevel(levelBefore);
    }

    @Test
    void shouldKeepItsPromisesWhateverHappens() {
        Long only = Long.getLong("simulation.seed");
        long first = only != null ? only : Long.getLong("simulation.first", 1);
        int runs = only != null ? 1 : Integer.getInteger("simulation.runs", RUNS_DEFAULT);
        LongAdder requests = new LongAdder();
        LongAdder told = new LongAdder();
        SortedMap<Long, AssertionError> failures = new ConcurrentSkipListMap<>();
        LongStream.range(first, first + runs)
                .parallel()
                .filter(seed -> failures.isEmpty())
                .forEach(seed -> {
                    try {
                        Simulation.Result result = run(seed);
                        requests.add(result.requests());
                        told.add(result.told());
                    } catch (AssertionError e) {
                        failures.put(seed, e);
                    }
                });
        if (!failures.isEmpty()) {
            throw failures.get(failures.firstKey());
        }
        if (only == null) {
            assertThat(requests.sum()).as("requests in all").isGreaterThan(runs * 10L);
            assertThat(told.sum()).as("answers in all").isGreaterThan(requests.sum() / 2);
        }
    }

    @Test
    void shouldRunTheSameFromTheSameSeed() {
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(run(seed)).as("second run of seed %d", seed).isEqualTo(run(seed));
        }
        assertThat(run(1).traceHash()).isNotEqualTo(run(2).traceHash());
    }

    private Simulation.Result run(long seed) {
        try {
            return new Simulation(scenarios.get(), seed).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "\nrun it again:  mvn -q -pl engine/rack -am test"
                            + " -Dtest=SimulationTest#shouldKeepItsPromisesWhateverHappens"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=" + seed,
                    e);
        }
    }
}
