/**
 * A rack that a mixer leads: it says hello, waits to be admitted, runs the scenario that it is sent, obeys orders, and says how it
 * is. Calls {@code engine.rack}; nothing calls it but the process's own command.
 */
package io.fluxrig.engine.agent;
