package io.fluxrig.transport.journal;

import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * The seed of a test that does what chance says: {@code -Dfluxrig.journal.seed}, or another one each time. Where the test fails, whatever
 * it fails of, it says the command that runs it again with the same.
 */
public final class JournalSeed {
    private static final String KEY = "fluxrig.journal.seed";

    private JournalSeed() {}

    /** @param options what the test needs besides the seed to run the same again, as Maven takes it; may be empty */
    public static void run(Class<?> test, String options, ThrowingConsumer<Long> body) {
        long seed = Long.getLong(KEY, System.nanoTime());
        try {
            body.accept(seed);
        } catch (Throwable failure) {
            throw new AssertionError(
                    "seed " + seed + ": " + failure.getMessage()
                            + "\nrun it again:  mvn -q -pl transport -am test -Dtest="
                            + test.getSimpleName() + " -Dsurefire.failIfNoSpecifiedTests=false -D" + KEY + "=" + seed
                            + (options.isEmpty() ? "" : " " + options),
                    failure);
        }
    }
}
