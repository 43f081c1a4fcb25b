/**
 * {@code fluxrig load}: its options, and the rack under the load as it sees itself. Called by the command line alone.
 */
package io.fluxrig.cli.load;
