/** The codec beside jPOS 2.1.10 and j8583 3.0.0, on the same bytes in one run. Called by {@code bin/bench} only. */
package io.fluxrig.bench.iso;
