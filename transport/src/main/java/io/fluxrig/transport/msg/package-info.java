/**
 * The one message shape inside the system: {@link io.fluxrig.transport.msg.FluxMsg}, its metadata and its payload. It knows
 * neither ISO 8583 nor gears; every module above may use it.
 */
package io.fluxrig.transport.msg;
