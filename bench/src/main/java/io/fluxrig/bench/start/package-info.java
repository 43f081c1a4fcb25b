/** How long {@code bin/fluxrig run} takes until it answers, from the start of the launcher. {@code bin/bench start} calls it. */
package io.fluxrig.bench.start;
