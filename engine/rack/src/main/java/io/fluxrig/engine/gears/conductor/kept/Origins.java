package io.fluxrig.engine.gears.conductor.kept;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Where requests come from, as small numbers that a ticket can keep, and the way back there: {@code out_response_<origin>}
 * where that is wired, for the conductor the request came from or else for the I/O gear, and {@code out_response} otherwise.
 * Strip thread only; allocates when it meets an origin for the first time.
 */
public final class Origins {
    /** Origins told apart at most; more share the number of nobody. */
    static final int ORIGINS_MAX = 1024;

    /** Origins taken over from another conductor at most. */
    static final int MET_MAX = 64;

    /** There is no number left: an answer would not find the way home, so the request must not be taken. */
    public static final int FULL = -1;

    /** The port of answers, and what the names of those for one origin begin with. */
    public static final String RESPONSE = "out_response";

    private record Origin(String conductor, String source, String rack, Output named, Output bySource) {}

    private final GearContext context;
    private final Output response;
    private final List<Origin> origins = new ArrayList<>();

    /** Finds its outputs in the context as origins are met. */
    public Origins(GearContext context) {
        this.context = context;
        this.response = context.output(RESPONSE);
        origins.add(new Origin(null, null, null, null, null));
    }

    /**
     * Gives numbers to this rack's own origins that another conductor has met, so that their next request need not wait for that; to
     * its first ones, or changes would add up.
     */
    public void meet(Origins known) {
        for (Origin origin : known.origins.subList(1, Math.min(known.origins.size(), MET_MAX + 1))) {
            if (origin.rack() == null) {
                add(origin.conductor(), origin.source(), null);
            }
        }
    }

    /** The number of the origin that a request's metadata names; {@link #FULL} if it is one too many. */
    public int of(Meta meta) {
        String conductor = meta.text(MetaKey.CONDUCTOR_ORIGIN);
        String source = meta.text(MetaKey.FLUXRIG_SOURCE);
        String rack = meta.text(MetaKey.CONN_RACK);
        for (int i = 0; i < origins.size(); i++) {
            Origin origin = origins.get(i);
            boolean known = same(origin.conductor(), conductor) && same(origin.source(), source);
            if (known && same(origin.rack(), rack)) {
                return i;
            }
        }
        return origins.size() < ORIGINS_MAX ? add(conductor, source, rack) : FULL;
    }

    /** Puts the origin's own words back into metadata. */
    public void restore(int number, Meta meta) {
        address(number, meta);
        meta.set(MetaKey.FLUXRIG_SOURCE, origins.get(number).source());
    }

    /** Says on an outcome whose it is: which conductor's request, and which rack's connection; takes off what it brought along. */
    public void address(int number, Meta meta) {
        Origin origin = origins.get(number);
        meta.set(MetaKey.CONDUCTOR_ORIGIN, origin.conductor());
        meta.set(MetaKey.CONN_RACK, origin.rack());
    }

    /** The conductor that the requests came from, null for none. */
    public String conductor(int number) {
        return origins.get(number).conductor();
    }

    /** The I/O gear that received them, null for none. */
    public String source(int number) {
        return origins.get(number).source();
    }

    /** The rack, and its run, that has their connections; null for this one. */
    public String rack(int number) {
        return origins.get(number).rack();
    }

    /** Hands an answer on, back to where its request came from. */
    public int respond(int number, FluxMsg answer) {
        Origin origin = origins.get(number);
        int outcome = Outcome.NOT_WIRED;
        if (origin.named() != null) {
            outcome = origin.named().emit(answer);
        }
        if (outcome == Outcome.NOT_WIRED && origin.bySource() != null) {
            outcome = origin.bySource().emit(answer);
        }
        return outcome == Outcome.NOT_WIRED ? response.emit(answer) : outcome;
    }

    private int add(String conductor, String source, String rack) {
        origins.add(new Origin(conductor, source, rack, output(conductor), output(source)));
        return origins.size() - 1;
    }

    private Output output(String origin) {
        return origin == null ? null : context.output(RESPONSE + "_" + origin);
    }

    private static boolean same(String left, String right) {
        return left == null ? right == null : left.equals(right);
    }
}
