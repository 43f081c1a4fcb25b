/**
 * Logging of a process: structured lines to a rotated file and readable ones to the console, behind a bounded queue so that
 * a strip never waits for a disk. Everything is masked on its way out, whatever library wrote it. Started once by
 * {@link io.fluxrig.engine.log.RackLog}; everybody else uses SLF4J. A gear's logger is called {@code gear.NAME}.
 */
package io.fluxrig.engine.log;
