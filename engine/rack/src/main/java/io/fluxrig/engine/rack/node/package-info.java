/**
 * What the process of every node has, a rack's and a mixer's: its data folder and its log
 * ({@link io.fluxrig.engine.rack.node.NodeHold}), its exit codes, its side of TLS with NATS. Knows nothing of racks.
 */
package io.fluxrig.engine.rack.node;
