/**
 * What is sent: weighted templates of messages, read from YAML or derived from a spec, and their stencils, which are
 * encoded once and then only patched. Knows the codec, no socket.
 */
package io.fluxrig.load.mix;
