/**
 * Commands that are a node until they are asked to end: {@code run}, {@code rack}, {@code mixer}. Those that ask a mixer lie elsewhere, and
 * do it through {@code cli.mixer}. Called by the command line alone.
 */
package io.fluxrig.cli.node;
