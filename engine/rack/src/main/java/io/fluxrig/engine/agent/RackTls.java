package io.fluxrig.engine.agent;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.passport.JoinFile;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.TlsKey;
import io.fluxrig.engine.rack.NodeTls;
import io.fluxrig.transport.bus.PemFile;
import io.fluxrig.transport.bus.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/**
 * What a rack shows on TLS connections, and whom it believes there: before it is admitted what the join file has, then the certificate
 * that its mixer issued for the rack's own key.
 *
 * <pre>
 *   tls.key   the rack's own, never leaves it      tls.crt   what the mixer issued      ca.crt   who signed that
 * </pre>
 *
 * <p>Files of the configuration go before both. The agent's thread only, but for the {@link TlsFiles} that it gives out.
 */
final class RackTls {
    private static final byte[] NO_KEY = {};

    private final boolean wanted;
    private final Path certificate;
    private final Path signer;
    private final Path joinPath;
    private final KeyPair key;
    private final InstantSource clock;
    private final TlsFiles configured;
    private final TlsFiles issued;
    private long certifiedMs;

    /**
     * Reads what there is, and makes a key where there is none.
     *
     * @throws PassportException if something there cannot be used
     */
    RackTls(NodeConfig config, Path data, InstantSource clock) throws PassportException {
        this.wanted = NodeTls.wanted(config);
        this.certificate = data.resolve("tls.crt");
        this.signer = data.resolve("ca.crt");
        this.joinPath = NodeTls.file(config, NodeKeys.SNAKE_JOIN_FILE);
        this.clock = clock;
        this.configured = NodeTls.of(config);
        Path keyFile = data.resolve("tls.key");
        this.key = TlsKey.open(keyFile);
        this.issued = wanted ? filled(signer, certificate, keyFile) : null;
        this.certifiedMs = until();
    }

    /** For whom the mixer issues; X.509. */
    byte[] publicKey() {
        return ownCertificateConfigured() ? NO_KEY : key.getPublic().getEncoded();
    }

    /** Until when the certificate that the mixer issued is good, ms since 1970; 0 for none. */
    long certifiedMs() {
        return certifiedMs;
    }

    /** For connections of a rack that is admitted; null without TLS. */
    TlsFiles admitted() {
        return issued;
    }

    /** For connections of a rack that is not, or where the mixer does not say who may log in; null without TLS. */
    TlsFiles joining() {
        if (!wanted) {
            return null;
        }
        Path join = joinPath != null && Files.exists(joinPath) ? joinPath : null;
        return join == null ? configured : filled(join, join, join);
    }

    /** Whether a connection of a rack that is admitted can be made. */
    boolean ready() {
        return !wanted || ownCertificateConfigured() || clock.millis() < certifiedMs;
    }

    /** The join file, null if there is none or it is not needed. */
    JoinFile join() throws PassportException {
        return wanted && joinPath != null ? JoinFile.read(joinPath) : null;
    }

    /** Why the mixer cannot even be asked for a certificate, as what the rack has; empty if it can. */
    String lack() {
        try {
            return ready() ? "" : lack(join());
        } catch (PassportException unusable) {
            return "cannot say hello: " + unusable.getMessage();
        }
    }

    private String lack(JoinFile join) {
        if (join != null && clock.millis() < join.untilMs()) {
            return "";
        }
        String own = certifiedMs == 0 ? "has no certificate" : "has a certificate that expired at " + at(certifiedMs);
        if (joinPath == null) {
            return own + ", and snake.join_file is not set: copy the mixer's authority/join.pem here and name it there";
        }
        String other = join == null ? "there is no " + joinPath : joinPath + " expired at " + at(join.untilMs());
        return own + ", and " + other + ": copy the mixer's authority/join.pem there";
    }

    /**
     * Keeps a certificate that came from the mixer, and who signed it.
     *
     * @throws PassportException if it is for another key, or cannot be written
     */
    void keep(byte[] pem) throws PassportException {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        try {
            List<X509Certificate> all = PemFile.certificates(text, "the certificate that came");
            boolean mine = all.size() == 2
                    && Arrays.equals(
                            all.get(0).getPublicKey().getEncoded(),
                            key.getPublic().getEncoded());
            if (!mine) {
                throw new PassportException("the certificate that came is for another key than this rack's tls.key");
            }
            OwnFile.write(
                    signer,
                    PemFile.block("CERTIFICATE", all.get(1).getEncoded()).getBytes(StandardCharsets.US_ASCII));
            OwnFile.write(certificate, text.getBytes(StandardCharsets.ISO_8859_1));
            certifiedMs = all.get(0).getNotAfter().toInstant().toEpochMilli();
        } catch (IOException | CertificateEncodingException damaged) {
            throw new PassportException("the certificate that came is none", damaged);
        }
    }

    private boolean ownCertificateConfigured() {
        return configured != null && configured.certificate() != null;
    }

    /** What is configured, and this in its gaps. */
    private TlsFiles filled(Path authorities, Path shown, Path keyOfShown) {
        boolean own = ownCertificateConfigured();
        return new TlsFiles(
                configured.authorities() == null ? authorities : configured.authorities(),
                own ? configured.certificate() : shown,
                own ? configured.key() : keyOfShown);
    }

    /** A certificate that was copied here with another key, or is damaged, counts as none: another one comes. */
    private long until() throws PassportException {
        byte[] kept = OwnFile.read(certificate);
        if (kept == null || OwnFile.read(signer) == null) {
            return 0;
        }
        try {
            X509Certificate own = PemFile.certificates(certificate).get(0);
            boolean mine = Arrays.equals(
                    own.getPublicKey().getEncoded(), key.getPublic().getEncoded());
            return mine ? own.getNotAfter().toInstant().toEpochMilli() : 0;
        } catch (IOException damaged) {
            return 0;
        }
    }

    private static String at(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }
}
