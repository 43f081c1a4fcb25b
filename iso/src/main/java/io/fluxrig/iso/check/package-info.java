/**
 * Holds messages against what their spec says of them: which fields are there, what values they have, the spec's own
 * checks, and what an answer repeats of its request. Compiled from a spec for each strip; allocates nothing while messages
 * flow. Called by gears and tools; knows specs and messages, no sockets.
 */
package io.fluxrig.iso.check;
