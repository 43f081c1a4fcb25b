/**
 * Time as an argument: whoever needs the time is handed a {@link io.fluxrig.perf.clock.Clock}. Anything may call it; nothing
 * else in fluxrig reads the machine's clock.
 */
package io.fluxrig.perf.clock;
