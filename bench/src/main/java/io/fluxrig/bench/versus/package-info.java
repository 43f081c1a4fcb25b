/**
 * The rack side by side with the physical limit and with jPOS: the same load, the same issuers, in turn, each in a process of
 * its own. {@code bin/bench switch} calls it; what comes out are ratios, held against their targets.
 */
package io.fluxrig.bench.versus;
