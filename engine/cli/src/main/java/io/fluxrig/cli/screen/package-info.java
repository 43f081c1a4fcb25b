/**
 * The live view of a run or a rack: figures in, lines out; drawn in place on a terminal, as a line now and then elsewhere.
 * Knows neither sockets nor racks.
 */
package io.fluxrig.cli.screen;
