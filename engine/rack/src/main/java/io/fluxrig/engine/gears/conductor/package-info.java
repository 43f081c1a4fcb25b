/**
 * The gear {@code conductor}: takes a request, keeps a ticket for it, sends it to a destination that is up, and gives the
 * answer, or the request itself at its deadline, back to whoever waits for it. Built by
 * {@link io.fluxrig.engine.gears.conductor.ConductorFactory}; nothing else of it is for callers.
 *
 * <p>Here is the way of a message; what it works with lies in the packages below, none of which knows this one.
 */
package io.fluxrig.engine.gears.conductor;
