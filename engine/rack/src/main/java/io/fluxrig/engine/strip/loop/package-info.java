/**
 * A strip on a real thread: the verticle that owns it, its Netty event loop as its host, and event loops that spin.
 */
package io.fluxrig.engine.strip.loop;
