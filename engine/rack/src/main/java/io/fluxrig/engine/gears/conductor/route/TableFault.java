package io.fluxrig.engine.gears.conductor.route;

/**
 * One fault in a table file.
 *
 * @param where {@code file:line}
 * @param what what is wrong, with numbers
 * @param fix what to write instead
 */
public record TableFault(String where, String what, String fix) {}
