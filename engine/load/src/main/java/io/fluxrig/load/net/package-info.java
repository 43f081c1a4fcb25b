/**
 * Event loops and sockets of the load tool. A {@link io.fluxrig.load.net.LoadLoop} owns its connections, its share of the
 * schedule and its tally; nothing here is shared between loops.
 */
package io.fluxrig.load.net;
