package io.fluxrig.mixer.registry;

import io.fluxrig.engine.config.RegistryUrl;
import java.nio.file.Path;

/**
 * A database that speaks PostgreSQL's protocol.
 *
 * @param url hosts, user, database
 * @param password of the user, null for none
 * @param tls whether to speak TLS only, and check the certificate for the host's name
 * @param caFile certificates (PEM) of who may have signed it, null for whom the JVM trusts
 * @param timeoutMs how long one question may take
 */
public record PgSettings(RegistryUrl url, String password, boolean tls, Path caFile, long timeoutMs) {

    /** Without the password. */
    @Override
    public String toString() {
        return "postgresql://" + url.user() + "@" + url.hosts() + "/" + url.database();
    }
}
