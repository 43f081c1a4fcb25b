/**
 * The command line: one class for each command, {@link io.fluxrig.cli.Fluxrig} above them. Commands parse, call the engine
 * and print; they decide nothing that a library user would need.
 */
package io.fluxrig.cli;
