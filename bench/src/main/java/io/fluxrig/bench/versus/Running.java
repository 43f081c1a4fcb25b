package io.fluxrig.bench.versus;

import io.fluxrig.bench.rack.Contestant;

/**
 * A contender's process.
 *
 * @param port where terminals connect
 * @param metricsPort where it tells its allocations
 * @param startMs from starting it to its first approved authorization
 */
record Running(Contender contender, Contestant process, int port, int metricsPort, double startMs)
        implements AutoCloseable {
    @Override
    public void close() {
        process.close();
    }
}
