/**
 * Commands on configuration, with nothing running: {@code check}, {@code new}, {@code schema}, {@code gears}, {@code inspect}; and what
 * kind of file a file is, which those who start nodes ask.
 */
package io.fluxrig.cli.config;
