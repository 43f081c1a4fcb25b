/**
 * Entries kept on the rack's disk: {@link io.fluxrig.transport.journal.entry.EntryLog} keeps in the files of {@code journal.store}
 * what its strips must find again after a restart, and lets go of segments once nothing in them is open. The engine opens it and gives
 * strips its ends.
 */
package io.fluxrig.transport.journal.entry;
