/**
 * Commands about a fleet's racks: {@code admin}, {@code keys}, {@code tail}, {@code topology}. Whatever they do, they do through the mixer's
 * API. Called by the command line alone.
 */
package io.fluxrig.cli.fleet;
