/**
 * The one message shape inside the system: {@link io.fluxrig.transport.msg.FluxMsg}, its metadata, path and payload, and how
 * they are written as one deterministic CBOR map. It knows neither ISO 8583 nor gears; every module above may use it.
 */
package io.fluxrig.transport.msg;
