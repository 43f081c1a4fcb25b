/**
 * The store of artefacts: files by the SHA-256 of their bytes, and names and tags for them. Start-up and tools call it, never the
 * path of a message.
 */
package io.fluxrig.engine.artefact;
