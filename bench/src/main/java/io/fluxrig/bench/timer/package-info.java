/** What a deadline costs, with few and with a million pending. Run by {@code bin/bench timer}; nothing calls it. */
package io.fluxrig.bench.timer;
