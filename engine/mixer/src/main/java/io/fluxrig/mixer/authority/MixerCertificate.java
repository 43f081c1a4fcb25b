package io.fluxrig.mixer.authority;

import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.TlsKey;
import io.fluxrig.transport.bus.PemFile;
import io.fluxrig.transport.bus.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;

/**
 * This mixer's own certificate, with which it serves its API and its nats-server, and connects to that. Kept in {@code tls.key} and
 * {@code tls.crt} of its data folder. Any thread.
 */
public final class MixerCertificate {
    private final Authority authority;
    private final Path keyFile;
    private final Path file;
    private final String names;
    private final long lifeMs;
    private final InstantSource clock;

    /** @param names under which this machine is reached beside those that it knows, with commas between them */
    public MixerCertificate(Authority authority, Path data, String names, long lifeMs, InstantSource clock) {
        this.authority = authority;
        this.keyFile = data.resolve("tls.key").toAbsolutePath();
        this.file = data.resolve("tls.crt").toAbsolutePath();
        this.names = names;
        this.lifeMs = lifeMs;
        this.clock = clock;
    }

    /** For this mixer's connections, and for what serves under its names. */
    public TlsFiles files() {
        return new TlsFiles(authority.certificateFile().toAbsolutePath(), file, keyFile);
    }

    /**
     * Issues it anew where there is none, where a third of its time is left, where its time has not come, where it is for other names, and
     * where another authority signed it.
     *
     * @return whether it did
     * @throws PassportException if what is there cannot be used, or it cannot be written
     */
    public synchronized boolean renew() throws PassportException {
        KeyPair key = TlsKey.open(keyFile);
        Set<ServerName> wanted = ServerName.all(names);
        if (isGood(key, wanted)) {
            return false;
        }
        OwnFile.write(file, authority.mixer(key.getPublic(), wanted, lifeMs));
        return true;
    }

    private boolean isGood(KeyPair key, Set<ServerName> wanted) throws PassportException {
        if (OwnFile.readPublic(file) == null) {
            return false;
        }
        X509Certificate kept;
        try {
            kept = PemFile.certificates(file).get(0);
        } catch (IOException damaged) {
            return false;
        }
        boolean ours = authority.signed(kept)
                && Arrays.equals(
                        kept.getPublicKey().getEncoded(), key.getPublic().getEncoded());
        long leftMs = kept.getNotAfter().toInstant().toEpochMilli() - clock.millis();
        return ours && leftMs >= lifeMs / 3 && ServerName.of(kept).equals(wanted) && !authority.isAhead(kept, file);
    }
}
