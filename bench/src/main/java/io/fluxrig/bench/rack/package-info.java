/**
 * The whole rack under load, measured from outside: garbage and CPU for each transaction. Each contestant and the issuers are
 * processes of their own on loopback; the load runs in the process that measures. {@code bin/bench rack} calls it.
 */
package io.fluxrig.bench.rack;
