/**
 * The gear {@code io_iso8583}: sockets and framing. A strip's own event loop reads, cuts frames and writes; nothing here
 * knows fields. Built by {@link io.fluxrig.engine.gears.io.IoIso8583Factory}, used through the gear SPI only.
 */
package io.fluxrig.engine.gears.io;
