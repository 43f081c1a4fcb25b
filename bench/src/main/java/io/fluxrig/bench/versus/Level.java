package io.fluxrig.bench.versus;

import java.util.List;

/**
 * How much is offered in an open loop.
 *
 * @param of whose saturation is the measure
 * @param percent of it
 */
record Level(Contender of, int percent) {
    /** Those of a full run; the ones at 50 % have targets. */
    static final List<Level> ALL = List.of(
            new Level(Contender.LIMIT, 25),
            new Level(Contender.LIMIT, 50),
            new Level(Contender.LIMIT, 75),
            new Level(Contender.JPOS, 50));

    static final Level HALF_OF_LIMIT = ALL.get(1);
    static final Level HALF_OF_JPOS = ALL.get(3);
    static final List<Level> QUICK = List.of(HALF_OF_LIMIT, HALF_OF_JPOS);

    private static final double WHOLE = 100;

    /** The limit's loads are for everybody; what jPOS can carry is for jPOS and who is compared with it. */
    boolean concerns(Contender contender) {
        return of == Contender.LIMIT || contender != Contender.LIMIT;
    }

    double rate(double saturation) {
        return saturation * percent / WHOLE;
    }

    String label() {
        return percent + " % of " + (of == Contender.LIMIT ? "the limit's" : "jPOS's own") + " saturation";
    }
}
