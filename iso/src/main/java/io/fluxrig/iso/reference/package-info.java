/**
 * The protocol reference of a dialect: what stands in it is put together once, as blocks, and written as HTML or as Markdown. Called by
 * the command {@code spec doc} and the mixer's API.
 */
package io.fluxrig.iso.reference;
