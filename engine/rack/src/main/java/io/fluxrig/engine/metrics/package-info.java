/**
 * What a rack counts: one registry over the strips' own counters and histograms
 * ({@link io.fluxrig.engine.metrics.RackMetrics}), read as Prometheus text or as a snapshot. Strips write, the API thread
 * reads; neither waits for the other.
 */
package io.fluxrig.engine.metrics;
