/** {@code fluxrig scenario}: versions of scenarios at a mixer, and which racks run them. Called by the command line alone. */
package io.fluxrig.cli.scenario;
