package io.fluxrig.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a value stands along a chart's side, and which values are written there. */
interface Axis {

    /** Steps of a time axis in seconds. */
    List<Double> TIME_STEPS =
            List.of(0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0, 1_800.0, 3_600.0, 21_600.0, 86_400.0);

    int NINES_MIN = 2;
    int NINES_MAX = 6;
    int TICKS_MIN = 4;
    int TICKS_MAX = 12;

    /** @return 0 at the beginning, 1 at the end; values beyond are held at the ends */
    double position(double value);

    List<Tick> ticks();

    record Tick(double value, String label) {}

    /** Even, from 0. */
    static Axis linear(double max, String unit) {
        double step = step(max);
        double end = Math.max(step, Math.ceil(max / step) * step);
        List<Tick> ticks = new ArrayList<>();
        for (double value = 0; value <= end * 1.0001; value += step) {
            String label = step < 1
                    ? String.format(Locale.ROOT, "%.1f", value)
                    : String.format(Locale.ROOT, "%,d", Math.round(value));
            ticks.add(new Tick(value, label + unit));
        }
        return of(value -> value / end, ticks);
    }

    /** 1, 2 or 5 times a power of ten, such that there are 4 to 10 of them. */
    private static double step(double max) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(max, 1e-9))));
        double fraction = max / power;
        return power * (fraction <= 2 ? 0.5 : fraction <= 5 ? 1 : 2) / (fraction <= 1 ? 2 : 1);
    }

    /** Latencies in nanoseconds, each tenfold the same way. */
    static Axis logNanos(long min, long max) {
        double from = Math.floor(Math.log10((double) Math.max(1, min)));
        double to = Math.max(from + 1, Math.ceil(Math.log10((double) Math.max(2, max))));
        List<Tick> ticks = new ArrayList<>();
        for (double power = from; power <= to; power++) {
            ticks.add(new Tick(Math.pow(10, power), powerLabel((int) power)));
        }
        return of(value -> (Math.log10(Math.max(1, value)) - from) / (to - from), ticks);
    }

    private static String powerLabel(int power) {
        String[] units = {" ns", " µs", " ms", " s"};
        int unit = Math.min(3, power / 3);
        return Math.round(Math.pow(10, power - unit * 3)) + units[unit];
    }

    /** Time from 0 to {@code end}, which need not be round: a run fills the chart. */
    static Axis seconds(double end) {
        double step = TIME_STEPS.get(TIME_STEPS.size() - 1);
        for (int i = TIME_STEPS.size() - 1; i >= 0 && end / step < TICKS_MIN; i--) {
            step = TIME_STEPS.get(i);
        }
        List<Tick> ticks = new ArrayList<>();
        int every = (int) Math.max(1, Math.ceil(end / step / TICKS_MAX));
        for (int i = 0; i * step <= end; i += every) {
            ticks.add(new Tick(i * step, String.format(Locale.ROOT, step < 1 ? "%.1f s" : "%,.0f s", i * step)));
        }
        return of(value -> value / end, ticks);
    }

    /**
     * Percentiles, each further nine the same way: 0, 90, 99, 99.9 ... The greatest of {@code count} values stands half a
     * value before 100, which is infinitely far away; there the axis ends, and what lies beyond it is not written.
     */
    static Axis percentile(long count) {
        double last = Math.log10(2.0 * Math.max(1, count));
        double end = Math.max(NINES_MIN, Math.min(NINES_MAX, last));
        List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(0, "0"));
        ticks.add(new Tick(50, "50"));
        for (int i = 1; i <= end; i++) {
            double value = 100 - Math.pow(10, 2.0 - i);
            ticks.add(new Tick(value, i < 3 ? String.valueOf(Math.round(value)) : "99." + "9".repeat(i - 2)));
        }
        return of(value -> value >= 100 ? 1 : Math.log10(100 / (100 - value)) / end, ticks);
    }

    private static Axis of(java.util.function.DoubleUnaryOperator scale, List<Tick> ticks) {
        return new Axis() {
            @Override
            public double position(double value) {
                return Math.max(0, Math.min(1, scale.applyAsDouble(value)));
            }

            @Override
            public List<Tick> ticks() {
                return ticks;
            }
        };
    }
}
