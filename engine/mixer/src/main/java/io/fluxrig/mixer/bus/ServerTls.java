package io.fluxrig.mixer.bus;

import io.fluxrig.transport.bus.TlsFiles;

/**
 * How a nats-server of the mixer's own speaks TLS.
 *
 * @param files what it shows, and who must have signed what others show
 * @param joiner whose certificate opens hello, and nothing else: {@code CN=...,O=...}
 */
public record ServerTls(TlsFiles files, String joiner) {}
