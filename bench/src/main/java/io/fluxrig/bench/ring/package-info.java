/** What a hop between two strips costs. Run by {@code bin/bench ring}; nothing calls it. */
package io.fluxrig.bench.ring;
