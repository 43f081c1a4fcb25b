package io.fluxrig.transport.journal.store;

/**
 * A block that was read or begun: where it lies, and what the block after it is bound to.
 *
 * @param index where it lies in the store
 * @param lastSequence of its records
 * @param tag of its seal; nobody changes it
 */
public record BlockMark(long index, long lastSequence, byte[] tag) {}
