/**
 * What lies in a journal's folder, and how it is kept whole: {@link io.fluxrig.transport.journal.store.Block} is the layout,
 * {@link io.fluxrig.transport.journal.store.BlockStore} writes and reads it in segments,
 * {@link io.fluxrig.transport.journal.store.Seal} seals it under the keys of a {@link io.fluxrig.transport.journal.store.KeySource};
 * the position, space, what is set aside, and what becomes of damage. The rooms of the journal alone enter; everybody else sees its
 * settings, keys, figures and faults. No type of the store beneath (Chronicle Queue) leaks out.
 */
package io.fluxrig.transport.journal.store;
