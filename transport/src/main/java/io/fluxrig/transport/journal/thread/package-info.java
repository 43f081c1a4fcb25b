/**
 * The one thread that touches the files of a journal or of a log of entries
 * ({@link io.fluxrig.transport.journal.thread.JournalThread}), and its writing half
 * ({@link io.fluxrig.transport.journal.thread.Intake}); the other half is a {@link io.fluxrig.transport.journal.thread.Turn} of
 * whoever has it run. Called by {@code journal} and {@code journal.entry} alone.
 */
package io.fluxrig.transport.journal.thread;
