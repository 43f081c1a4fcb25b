/**
 * The node file {@code rack.toml}: every key declared once ({@link io.fluxrig.engine.config.NodeKeys}), read with its
 * precedence and the origin of every value ({@link io.fluxrig.engine.config.NodeConfig}). Also the notation of durations and
 * sizes, shared with scenarios.
 */
package io.fluxrig.engine.config;
