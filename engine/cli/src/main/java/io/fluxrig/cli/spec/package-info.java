/**
 * {@code fluxrig spec}: dialects at the command line, and messages read and written with them. Called by the command line alone.
 */
package io.fluxrig.cli.spec;
