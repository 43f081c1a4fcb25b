/**
 * How configuration names a value of a message ({@link io.fluxrig.engine.gears.conductor.field.FieldName}), and where that value is in
 * each dialect ({@link io.fluxrig.engine.gears.conductor.field.NamedPaths}). A leaf: knows of the conductor nothing else, and everything
 * of it that takes names may use it.
 */
package io.fluxrig.engine.gears.conductor.field;
