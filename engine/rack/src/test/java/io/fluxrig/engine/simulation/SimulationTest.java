package io.fluxrig.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Thousands of runs, one seed each. A failure names its seed and the command that runs it again, alone.
 *
 * <p>{@code -Dsimulation.seed=N} runs that seed only; {@code -Dsimulation.runs=N} that many, from {@code -Dsimulation.first}.
 */
class SimulationTest {
    private static final int RUNS_DEFAULT = 3000;

    private final Scenarios scenarios = new Scenarios();
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
        long requests = 0;
        long told = 0;
        for (long seed = first; seed < first + runs; seed++) {
            Simulation.Result result = run(seed);
            requests += result.requests();
            told += result.told();
        }
        if (only == null) {
            assertThat(requests).as("requests in all").isGreaterThan(runs * 10L);
            assertThat(told).as("answers in all").isGreaterThan(requests / 2);
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
            return new Simulation(scenarios, seed).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "\nrun it again:  mvn -q -pl engine/rack -am test"
                            + " -Dtest=SimulationTest#shouldKeepItsPromisesWhateverHappens"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=" + seed,
                    e);
        }
    }
}
