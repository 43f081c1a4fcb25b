/**
 * How messages travel between strips: {@link io.fluxrig.transport.lane.TurboSender} and
 * {@link io.fluxrig.transport.lane.TurboReceiver} are the two ends of a turbo wire, CBOR records in an off-heap ring. The engine's
 * strips call it; no type of the ring leaks out.
 */
package io.fluxrig.transport.lane;
