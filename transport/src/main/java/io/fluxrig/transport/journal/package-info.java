/**
 * The durable lane: messages of one wire kept on the rack's disk, sealed, until their receiver has taken them.
 * {@link io.fluxrig.transport.journal.Journal} is one wire's journal with its own thread;
 * {@link io.fluxrig.transport.journal.JournalSender} and {@link io.fluxrig.transport.journal.JournalReceiver} are what a strip
 * holds of it. {@link io.fluxrig.transport.journal.EntryLog} keeps in the same files what its strips must find again after a
 * restart. The engine's strips call it; no type of the store beneath (Chronicle Queue) leaks out.
 */
package io.fluxrig.transport.journal;
