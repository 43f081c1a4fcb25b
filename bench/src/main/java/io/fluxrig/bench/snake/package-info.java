/**
 * A wire between racks beside a bare NATS client that publishes to a stream and waits for its acknowledgements. {@code bin/bench
 * guaranteed} calls it.
 */
package io.fluxrig.bench.snake;
