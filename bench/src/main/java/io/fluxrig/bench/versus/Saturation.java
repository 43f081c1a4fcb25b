package io.fluxrig.bench.versus;

/**
 * What one contender did in one round with as much load as it takes.
 *
 * @param inFlight open requests on each connection
 * @param startMs from starting its process to the first approved authorization
 * @param tps transactions a second
 * @param cpuUs CPU time of its process for each
 * @param garbageBytes heap allocated for each
 * @param residentBytes memory in RAM at the end
 */
record Saturation(
        int round,
        int inFlight,
        Contender contender,
        double startMs,
        double tps,
        double cpuUs,
        double garbageBytes,
        double residentBytes) {}
