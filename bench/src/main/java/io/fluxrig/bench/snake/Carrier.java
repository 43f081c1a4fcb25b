package io.fluxrig.bench.snake;

import java.io.IOException;

/** One way of getting messages into a stream, or through it. The benchmark's thread only. */
interface Carrier extends AutoCloseable {

    /** Carries that many and returns once the carrier's promise holds for all of them. */
    void carry(int count) throws IOException;

    @Override
    void close() throws IOException;
}
