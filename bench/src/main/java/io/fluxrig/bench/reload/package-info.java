/**
 * What a change of the scenario costs those who are served meanwhile: rack and issuers are processes of their own on loopback, the load
 * runs in the process that measures. {@code bin/bench reload} calls it.
 */
package io.fluxrig.bench.reload;
