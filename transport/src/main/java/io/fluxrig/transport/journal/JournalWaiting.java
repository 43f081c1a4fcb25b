package io.fluxrig.transport.journal;

/**
 * What waits in a journal that nobody has open.
 *
 * @param messages that are not acknowledged, with those set aside, as far as it was read
 * @param whole whether all of it was read
 */
public record JournalWaiting(long messages, boolean whole) {}
