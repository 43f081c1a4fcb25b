/**
 * What operators and mixers see of a running rack: {@code /metrics}, {@code /health} and {@code /status}
 * ({@link io.fluxrig.engine.rack.api.RackApi}), the traffic in its heartbeats, and what it is told of its mixer and its passport.
 */
package io.fluxrig.engine.rack.api;
