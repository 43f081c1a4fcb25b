/**
 * What a change of scenario is judged by during its trial: counters of gears, destinations and links, since the change and before it.
 * Knows plans and metrics; called by the rack that makes the change.
 */
package io.fluxrig.engine.rack.trial;
