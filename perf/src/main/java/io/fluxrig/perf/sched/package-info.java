/**
 * What this process asks of the system's scheduler for its threads, so that those which serve messages get a core soon. Hints only: where
 * the system knows none of it, everything runs as before. Any module may use it.
 */
package io.fluxrig.perf.sched;
