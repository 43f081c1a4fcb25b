/**
 * Event loops and sockets of the load tool. A {@link io.fluxrig.load.net.LoadLoop} owns its connections, its share of the
 * schedule and its tally; loops share {@link io.fluxrig.load.net.LoadSockets} and nothing else. Called by a load run; the
 * benchmark's peers use the streams and buffers too.
 */
package io.fluxrig.load.net;
