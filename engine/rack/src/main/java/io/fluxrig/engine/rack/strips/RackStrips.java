package io.fluxrig.engine.rack.strips;

import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.scenario.GearDecl;
import io.fluxrig.engine.strip.Strip;
import io.fluxrig.engine.strip.loop.StripVerticle;
import io.fluxrig.engine.strip.loop.StripVerticle.StripCall;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.IntFunction;

/** The strips of a rack as one: what is asked of all is done on each, on its own thread. Any thread. */
public final class RackStrips {
    private final List<StripVerticle> strips;

    public RackStrips(List<StripVerticle> strips) {
        this.strips = List.copyOf(strips);
    }

    /** What is done to one gear on one strip. */
    public interface GearStep {
        void take(Strip strip, int gear) throws GearStartException;
    }

    /** What is done on one strip. */
    public interface StripStep {
        void take(Strip strip) throws GearStartException;
    }

    /** What the call gives on each strip; fails with the first failure once every strip has answered. */
    public <T> Future<List<T>> all(StripCall<T> call) {
        List<Future<T>> answers = strips.stream().map(strip -> strip.call(call)).toList();
        return Future.join(answers)
                .map(all -> answers.stream().map(Future::result).toList());
    }

    /** The sum of what the call gives on each strip; fails as {@link #all}. */
    public Future<Integer> sum(StripCall<Integer> call) {
        return all(call).map(given -> given.stream().mapToInt(Integer::intValue).sum());
    }

    /** Takes a step on each strip; fails with the first failure once every strip has answered. */
    public Future<Void> each(StripStep step) {
        return sum(strip -> {
                    step.take(strip);
                    return 0;
                })
                .mapEmpty();
    }

    /**
     * Takes a step with each gear in that order: on all strips before the next gear.
     *
     * @param declared the gear of an ordinal, for the message of a failure
     */
    public Future<Void> eachGear(List<Integer> order, GearStep step, IntFunction<GearDecl> declared) {
        if (order.isEmpty()) {
            return Future.succeededFuture();
        }
        int gear = order.get(0);
        return each(strip -> step.take(strip, gear))
                .recover(cause -> Future.failedFuture(explain(cause, declared.apply(gear))))
                .compose(taken -> eachGear(order.subList(1, order.size()), step, declared));
    }

    /** The failure with the gear and the place it is declared at; {@code gear} is null where it is of none in particular. */
    public static RackStartException explain(Throwable cause, GearDecl gear) {
        String what = cause instanceof GearStartException ? cause.getMessage() : cause.toString();
        if (gear == null) {
            return new RackStartException(what, cause);
        }
        String place = gear.place().toString();
        boolean placed = what.contains(gear.place().file() + ":");
        return new RackStartException(
                "gear '" + gear.name() + "' (" + gear.type() + ") cannot start: " + what
                        + (placed ? "" : " (declared at " + place + ")"),
                cause);
    }
}
