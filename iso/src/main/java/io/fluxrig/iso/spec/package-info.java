/**
 * Dialects as people write them: YAML specs (or moov JSON) with a wire layer and a meaning layer, loaded, merged over
 * their base, checked whole and resolved.
 *
 * <p>Called at start-up and by tools, never while a message is on its way. What comes out is immutable and shared.
 */
package io.fluxrig.iso.spec;
