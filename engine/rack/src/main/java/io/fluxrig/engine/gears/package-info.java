/**
 * What the built-in gears share, and strips where they write lines. Each gear type has a package of its own below this one; only they
 * call it.
 */
package io.fluxrig.engine.gears;
