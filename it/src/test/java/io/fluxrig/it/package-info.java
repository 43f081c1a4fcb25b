/**
 * Real processes, real sockets, clients and hosts that we did not write (jPOS). Runs in Maven's integration-test phase, after
 * the distribution is built.
 */
package io.fluxrig.it;
