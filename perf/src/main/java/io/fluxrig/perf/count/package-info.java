/**
 * Numbers that one strip writes and anybody reads: a {@link io.fluxrig.perf.count.Counter} only rises, a
 * {@link io.fluxrig.perf.count.Level} goes both ways. Any module may use them; the rack's metrics registry reads them.
 */
package io.fluxrig.perf.count;
