/**
 * What a strip holds of what a rack must still know when it is started again, or what racks share: entries, opened, added to and ended
 * ({@link io.fluxrig.transport.entry.EntryEnds}, {@link io.fluxrig.transport.entry.SharedEnds}). The engine's strips call it; who
 * keeps the entries, on disk ({@code journal.entry}) or in NATS ({@code snake.entry}), takes them out of the rings of {@code ends}. It
 * knows neither.
 */
package io.fluxrig.transport.entry;
