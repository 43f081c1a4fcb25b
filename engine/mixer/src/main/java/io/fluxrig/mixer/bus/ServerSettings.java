package io.fluxrig.mixer.bus;

import io.fluxrig.engine.config.Address;
import java.nio.file.Path;

/**
 * A nats-server of the mixer's own.
 *
 * @param program the executable
 * @param folder for its configuration, its streams and its log
 * @param bind where it listens
 * @param mixerLogin public key under which the mixer logs in
 * @param storeKey what its streams' files are encrypted with, as text
 * @param tls null for none
 */
public record ServerSettings(
        Path program, Path folder, Address bind, byte[] mixerLogin, String storeKey, ServerTls tls) {
    /** The longest message: a scenario's bundle and what is around it. */
    static final int PAYLOAD_MAX = 8 << 20;

    /** Where racks and the mixer find it. */
    public String url() {
        String host = bind.host().isEmpty() ? "127.0.0.1" : bind.host();
        return (tls == null ? "nats://" : "tls://") + new Address(host, bind.port());
    }

    /** The same, with another name in the certificate that opens hello; there is TLS. */
    ServerSettings joinedBy(String joiner) {
        return new ServerSettings(program, folder, bind, mixerLogin, storeKey, new ServerTls(tls.files(), joiner));
    }
}
