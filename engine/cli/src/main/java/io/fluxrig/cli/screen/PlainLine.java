package io.fluxrig.cli.screen;

import io.fluxrig.load.Counts;
import io.fluxrig.load.Percentiles;
import io.fluxrig.load.Progress;
import io.fluxrig.load.report.Figures;

/** Figures in one line, for logs and pipes. Static and stateless. */
final class PlainLine {
    private PlainLine() {}

    /**
     * Of a load:
     *
     * <pre>
     *  12 s  2,003 tps  p50 74.2 µs  p99 210 µs  p99.9 1.20 ms  max 3.05 ms  approved 22,100  declined 1,500  timeouts 380  open 56
     * </pre>
     */
    static String of(LoadFigures load) {
        Counts c = load.counts();
        Percentiles p = load.total();
        String phase = load.phase() == Progress.Phase.AWAITING_ANSWERS ? " waiting" : "";
        return String.format(
                "%3d s%s  %s tps  p50 %s  p99 %s  p99.9 %s  max %s  approved %s  declined %s  timeouts %s  open %s",
                Math.round(load.elapsedNs() / 1e9),
                phase,
                Figures.rate(load.tps()),
                Figures.durationOrDash(p.count(), p.p50Ns()),
                Figures.durationOrDash(p.count(), p.p99Ns()),
                Figures.durationOrDash(p.count(), p.p999Ns()),
                Figures.durationOrDash(p.count(), p.maxNs()),
                Figures.count(c.approved()),
                Figures.count(c.declined()),
                Figures.count(c.timeouts()),
                Figures.count(c.open()));
    }

    /**
     * Of a rack: what its switch does, and of each destination whether it is up, its breaker and how much is in flight; or, without a switch,
     * what each gear does:
     *
     * <pre>
     * 1,999 tps  p50 74.2 µs  p99 210 µs  open 56  out_scheme_a1 up/closed/3  out_silent down/half-open/40
     * no switch  terminals running/24,036  mixer away
     * </pre>
     */
    static String of(RackFigures r, Pace pace) {
        StringBuilder line = new StringBuilder(200);
        if (r.hasSwitch()) {
            line.append(Figures.rate(pace.tps())).append(" tps  p50 ");
            line.append(Figures.durationOrDash(r.latency().count(), r.latency().p50Ns()))
                    .append("  p99 ");
            line.append(Figures.durationOrDash(r.latency().count(), r.latency().p99Ns()))
                    .append("  open ");
            line.append(Figures.count(r.open()));
        } else {
            line.append("no switch");
            for (RackFigures.GearLine gear : r.gears()) {
                line.append("  ").append(gear.name()).append(' ').append(gear.state());
                line.append('/').append(Figures.count(gear.messages()));
            }
        }
        for (RackFigures.Destination d : r.destinations()) {
            line.append("  ").append(d.name()).append(d.up() ? " up" : " down");
            line.append('/').append(breaker(d)).append('/').append(d.inFlight());
        }
        r.troubles().forEach(trouble -> line.append("  ").append(trouble.brief()));
        return line.toString();
    }

    /** {@code closed}, {@code open}, {@code half-open}. */
    static String breaker(RackFigures.Destination d) {
        return d.breaker().replace('_', '-');
    }
}
