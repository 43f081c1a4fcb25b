/**
 * The simulators {@code sim_responder} (an issuer) and {@code sim_source} (an acquirer): for trying scenarios without the
 * other side. Used through the gear SPI only.
 */
package io.fluxrig.engine.gears.sim;
