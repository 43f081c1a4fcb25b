/**
 * The off-heap ring under a turbo wire: one strip offers records, one strip takes them, in order, without a lock. Only
 * {@code transport} lanes should call it; gears see messages, not records.
 */
package io.fluxrig.perf.ring;
