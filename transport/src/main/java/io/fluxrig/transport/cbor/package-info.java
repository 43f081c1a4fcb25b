/**
 * CBOR in RFC 8949 core deterministic encoding as flyweights over byte arrays: {@link io.fluxrig.transport.cbor.CborWriter}
 * and {@link io.fluxrig.transport.cbor.CborReader} own no bytes and allocate nothing for each message. Knows nothing of
 * messages; anybody who writes or reads a payload may use it.
 */
package io.fluxrig.transport.cbor;
