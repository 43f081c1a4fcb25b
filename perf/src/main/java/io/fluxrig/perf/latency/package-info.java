/** Latency histograms: recorded by the strip that measures, drained by whoever reports, neither waiting for the other. */
package io.fluxrig.perf.latency;
