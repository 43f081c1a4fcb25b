/**
 * Entries that racks share, one thread for each bucket: who claims one first has it, the others are told what becomes of it. The
 * engine holds {@link io.fluxrig.transport.snake.entry.SharedEntries}; {@code HeldEntry} draws the states of one; {@code EntrySharer}
 * is what the thread does, {@code EntryClaims} and {@code EntryOutcomes} what it writes, with {@code EntryQuestions}, {@code EntryTurns}
 * and {@code EntryRetries} under way; {@code EntryCodec} and {@code EntryNames} write sealed values under HMAC names; {@code BucketCare} sees to the bucket.
 */
package io.fluxrig.transport.snake.entry;
