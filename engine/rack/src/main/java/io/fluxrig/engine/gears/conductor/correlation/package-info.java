/**
 * Which messages belong together: an answer to its request by key, message type and confirming values, a retransmission to
 * the request it repeats by its content. Reads messages and knows {@code field}; tickets keep the numbers it makes and are
 * unknown here. Used by the conductor and, for the limits, by its {@code config}.
 */
package io.fluxrig.engine.gears.conductor.correlation;
