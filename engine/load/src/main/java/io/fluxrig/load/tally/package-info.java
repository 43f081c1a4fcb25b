/**
 * What came back: the table of open requests, the verdict on every answer, counters and histograms. Written by the loop
 * that owns the connections, read by the sampler; no socket.
 */
package io.fluxrig.load.tally;
