package io.fluxrig.bench.ring;

import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * {@code bin/bench ring-in-turn}: what {@link RingHopBenchmark} measures, ours and Agrona's in turn every few milliseconds, so
 * that a machine that changes its speed does so to both. A ratio is taken of two neighbouring slices; the median of them
 * counts.
 */
public final class RingInTurn {
    private static final int SLICES = 500;
    private static final int WARMUP = 100;
    private static final int SLICE_RECORDS = 100_000;

    private RingInTurn() {}

    /** Runs for some ten seconds and prints a line for each way of taking records out. */
    public static void main(String[] arguments) {
        RingHopBenchmark rings = new RingHopBenchmark();
        rings.fill();
        System.out.printf("%-30s %10s %10s %10s%n", "ns a record, least", "fluxrig", "Agrona", "ratio");
        compare("one record", rings::hopOurs, rings::hopAgrona);
        compare("a batch of " + RingHopBenchmark.BATCH, rings::batchOurs, rings::batchAgrona);
        rings.check();
    }

    private static void compare(String name, IntSupplier ours, IntSupplier agrona) {
        double[] oursNs = new double[SLICES];
        double[] agronaNs = new double[SLICES];
        double[] ratios = new double[SLICES];
        for (int slice = -WARMUP; slice < SLICES; slice++) {
            double own = slice(ours);
            double other = slice(agrona);
            if (slice >= 0) {
                oursNs[slice] = own;
                agronaNs[slice] = other;
                ratios[slice] = other / own;
            }
        }
        Arrays.sort(ratios);
        System.out.printf(
                "%-30s %10.1f %10.1f %10.2f%n",
                name,
                Arrays.stream(oursNs).min().orElseThrow(),
                Arrays.stream(agronaNs).min().orElseThrow(),
                ratios[SLICES / 2]);
    }

    private static double slice(IntSupplier hop) {
        long startedNs = System.nanoTime();
        long records = 0;
        while (records < SLICE_RECORDS) {
            records += hop.getAsInt();
        }
        return (double) (System.nanoTime() - startedNs) / records;
    }
}
