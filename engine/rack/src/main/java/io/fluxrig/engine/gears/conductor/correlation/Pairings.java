package io.fluxrig.engine.gears.conductor.correlation;

import io.fluxrig.engine.gears.conductor.field.PerDialect;
import io.fluxrig.iso.spec.MessageType;
import io.fluxrig.iso.spec.Spec;
import java.util.Arrays;

/**
 * How well an answer's type suits a request's: best as the answer's dialect pairs them in its catalog; then the same version,
 * class and origin with the function that follows the request's; then an acquirer's answer whatever the origin of the request,
 * since hosts answer 0422 with 0430. Where the catalog says what answers a request, nothing else does: 0112 does not answer a 0100
 * that it pairs with 0110.
 *
 * <p>What a catalog says is kept as one short for each message type, since a catalog is a map of boxed numbers and this is
 * asked for every answer. One for each strip, its thread only; allocates when it meets a dialect for the first time.
 */
public final class Pairings {
    static final int NONE = 0;
    static final int LOOSE = 1;
    static final int USUAL = 2;
    static final int CATALOG = 3;

    /** Origin, the last digit, of what an acquirer sends, and of the answer to it. */
    private static final int ACQUIRER = 0;

    private static final int TYPES = 10_000;
    private static final short[] NO_CATALOG = new short[0];

    private final PerDialect<short[]> pairs = new PerDialect<>(Pairings::learn);
    private short[] current = NO_CATALOG;
    private int answer;

    /**
     * Which answer {@link #suits} is asked about from now on.
     *
     * @param mti a type that answers
     * @param dialect of the answer, null if none is known
     */
    public void answer(int mti, Spec dialect) {
        answer = mti;
        current = pairs.of(dialect);
    }

    /** How well the answer suits a request of that type, 0 if not at all. A repeat is answered as the request is. */
    public int suits(int requestMti) {
        int request = MessageTypes.withoutRepeat(requestMti);
        if (answer < current.length && current[answer] == request) {
            return CATALOG;
        }
        if (request < current.length
                && current[request] >= 0
                && current[request] != MessageTypes.withoutRepeat(answer)) {
            return NONE;
        }
        if (request + 10 == MessageTypes.withoutRepeat(answer)) {
            return USUAL;
        }
        return request / 10 + 1 == answer / 10 && answer % 10 == ACQUIRER ? LOOSE : NONE;
    }

    private static short[] learn(Spec dialect) {
        if (dialect == null) {
            return NO_CATALOG;
        }
        short[] learnt = new short[TYPES];
        Arrays.fill(learnt, (short) -1);
        for (MessageType type : dialect.catalog().values()) {
            learnt[type.mti()] = (short) type.pairsWith();
        }
        return learnt;
    }
}
