/**
 * The gear SPI: what a gear is ({@link io.fluxrig.engine.gear.Gear}), what it is given
 * ({@link io.fluxrig.engine.gear.GearContext}) and how it describes itself
 * ({@link io.fluxrig.engine.gear.GearManifest}). Gears and gear packs depend on this package and on nothing else of the
 * engine; packs are found by {@link java.util.ServiceLoader}.
 */
package io.fluxrig.engine.gear;
