/**
 * The part of a scenario that one rack runs, the order in which its gears start, and how many file descriptors it may come to need. Knows
 * plans and no strip.
 */
package io.fluxrig.engine.rack.plan;
