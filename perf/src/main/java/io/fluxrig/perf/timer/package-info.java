/** Deadlines by the million: one {@link io.fluxrig.perf.timer.TimerWheel} per strip, turned by the strip's event loop. */
package io.fluxrig.perf.timer;
