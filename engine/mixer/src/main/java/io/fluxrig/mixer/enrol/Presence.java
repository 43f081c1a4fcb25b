package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Heartbeat;

/**
 * What a rack said of itself last. In memory only: after a start of the mixer a rack is unheard of until its next heartbeat.
 *
 * @param last as it came
 * @param atMs when, by the mixer's clock
 */
public record Presence(Heartbeat last, long atMs) {}
