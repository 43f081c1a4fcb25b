package io.fluxrig.engine.gears.conductor.correlation;

import io.fluxrig.iso.spec.MessageType;
import io.fluxrig.iso.spec.Spec;
import java.util.Arrays;

/**
 * How well an answer's type suits a request's: best as the answer's dialect pairs them in its catalog; then the same version,
 * class and origin with the function that follows the request's; then whatever the origin, since hosts answer 0422 with 0430.
 *
 * <p>What a catalog says is kept for the dialects met last, as one short for each message type, since a catalog is a map of
 * boxed numbers and this is asked for every answer. One for each strip; allocates when it meets a dialect.
 */
public final class Pairings {
    /** What {@link #suits} returns of two types that have nothing to do with each other. */
    public static final int NONE = 0;

    private static final int LOOSE = 1;
    private static final int USUAL = 2;
    private static final int CATALOG = 3;

    private static final int DIALECTS_MAX = 8;
    private static final int TYPES = 10_000;
    private static final short[] NO_CATALOG = new short[0];

    private final Spec[] specs = new Spec[DIALECTS_MAX];
    private final short[][] pairs = new short[DIALECTS_MAX][];
    private int oldest;
    private short[] current = NO_CATALOG;
    private int answer;

    /**
     * Which answer is asked about from now on.
     *
     * @param dialect of the answer, null if none is known
     */
    public void answer(int mti, Spec dialect) {
        answer = mti;
        current = dialect == null ? NO_CATALOG : of(dialect);
    }

    /** How well the answer suits a request of that type, {@link #NONE} if not at all. A repeat is answered as the request is. */
    public int suits(int requestMti) {
        int request = MessageTypes.withoutRepeat(requestMti);
        if (answer >= 0 && answer < current.length && current[answer] == request) {
            return CATALOG;
        }
        if (request + 10 == MessageTypes.withoutRepeat(answer)) {
            return USUAL;
        }
        return request / 10 + 1 == answer / 10 && MessageTypes.isAnswer(answer) ? LOOSE : NONE;
    }

    @SuppressWarnings("ReferenceEquality") // the catalog of dialects hands out one instance of each
    private short[] of(Spec dialect) {
        for (int i = 0; i < DIALECTS_MAX; i++) {
            if (specs[i] == dialect) {
                return pairs[i];
            }
        }
        return learn(dialect);
    }

    private short[] learn(Spec dialect) {
        short[] learnt = new short[TYPES];
        Arrays.fill(learnt, (short) -1);
        for (MessageType type : dialect.catalog().values()) {
            learnt[type.mti()] = (short) type.pairsWith();
        }
        specs[oldest] = dialect;
        pairs[oldest] = learnt;
        oldest = (oldest + 1) % DIALECTS_MAX;
        return learnt;
    }
}
