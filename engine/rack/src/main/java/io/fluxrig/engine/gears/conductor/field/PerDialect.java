package io.fluxrig.engine.gears.conductor.field;

import io.fluxrig.iso.spec.Spec;
import java.util.function.Function;

/**
 * Something that is worked out once for each dialect; found by identity, so that the hot path compares pointers. One for each
 * strip; allocates when it meets a dialect for the first time.
 *
 * @param <T> what is known of a dialect
 */
public final class PerDialect<T> {
    /** Dialects remembered at most; with more, the oldest is worked out anew each time. */
    private static final int DIALECTS_MAX = 32;

    private final Function<Spec, T> learn;
    private final Spec[] specs = new Spec[DIALECTS_MAX];
    private final Object[] known = new Object[DIALECTS_MAX];
    private int count;
    private int oldest;

    /** @param learn works it out; of null for messages of no dialect */
    public PerDialect(Function<Spec, T> learn) {
        this.learn = learn;
    }

    /** What is known of a dialect, null for none. */
    @SuppressWarnings({"ReferenceEquality", "unchecked"
    }) // the catalog hands out one instance of each; known holds nothing but T
    public T of(Spec spec) {
        for (int i = 0; i < count; i++) {
            if (specs[i] == spec) {
                return (T) known[i];
            }
        }
        return add(spec);
    }

    private T add(Spec spec) {
        T learnt = learn.apply(spec);
        int slot = count < DIALECTS_MAX ? count++ : oldest;
        oldest = (oldest + 1) % DIALECTS_MAX;
        specs[slot] = spec;
        known[slot] = learnt;
        return learnt;
    }
}
