/**
 * The command line: the process and its parser, which know every command, and the commands that are about all of them. The other
 * commands lie in the rooms beside, which know nothing of this one; they parse, call the engine and print, and decide nothing that a
 * library user would need.
 */
package io.fluxrig.cli;
