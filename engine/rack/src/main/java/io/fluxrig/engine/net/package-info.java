/** What sockets of gears and of the load tool share. Knows no gear. */
package io.fluxrig.engine.net;
