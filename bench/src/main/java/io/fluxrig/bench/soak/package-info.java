/**
 * Twenty million transactions through one rack while hosts and terminals misbehave: whether memory stays flat, nothing leaks,
 * latency does not drift and every request is answered exactly once. {@code bin/bench soak} calls it.
 */
package io.fluxrig.bench.soak;
