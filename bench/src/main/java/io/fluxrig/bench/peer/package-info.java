/**
 * What the rack is measured against, and the hosts behind all of them: each a process with a {@code main} of its own that
 * listens on loopback until its standard input ends.
 */
package io.fluxrig.bench.peer;
