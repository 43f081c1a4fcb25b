/**
 * Where a request goes: conditions on field values, tables of BIN ranges, trees of destinations, the breaker of each
 * destination. Knows values as bytes and destinations as numbers; the conductor brings both. Called by the conductor only.
 */
package io.fluxrig.engine.gears.conductor.route;
