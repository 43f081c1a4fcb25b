/**
 * The control plane's way between racks and the mixer: short messages over core NATS, with an answer where one is asked for. The
 * mixer and a rack's agent call it, never a strip; nothing of the NATS client leaks out. What the bytes mean, and who may be
 * believed, is for the callers.
 */
package io.fluxrig.transport.bus;
