/**
 * Where fluxMsg and ISO 8583 meet: {@link io.fluxrig.engine.message.IsoPayload} is a decoded message as the payload of a
 * carrier. Gears and strips use it.
 */
package io.fluxrig.engine.message;
