/**
 * Which ends other racks have, and whether they can serve: heartbeats, told and judged
 * ({@link io.fluxrig.transport.snake.peer.Peers}). Who is silent is looked at on NATS's thread and its own, under one lock
 * ({@code PeerWatch}). The engine reads {@link io.fluxrig.transport.snake.peer.FarEnd}.
 */
package io.fluxrig.transport.snake.peer;
