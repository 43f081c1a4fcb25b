package io.fluxrig.engine.agent;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.passport.JoinFile;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.TlsKey;
import io.fluxrig.engine.rack.node.NodeTls;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(RackTls.class);
    private static final byte[] NO_KEY = {};

    private final boolean wanted;
    private final Path certificate;
    private final Path signer;
    private final Path joinPath;
    private final KeyPair key;
    private final InstantSource clock;
    private final TlsFiles configured;
    private final TlsFiles issued;
    /** Of the certificate that the mixer issued; 0 for none. */
    private long untilMs;

    private long fromMs;
    private boolean refused;

    /**
     * Reads what there is, and makes a key where there is none and TLS is spoken.
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
        this.key = wanted ? TlsKey.open(keyFile) : null;
        this.issued = wanted ? filled(signer, certificate, keyFile) : null;
        if (wanted) {
            readIssued();
        }
    }

    /** For whom the mixer issues, X.509; empty if it need not. */
    byte[] publicKey() {
        return !wanted || ownCertificateConfigured() ? NO_KEY : key.getPublic().getEncoded();
    }

    /** Until when the certificate that the mixer issued is good, ms since 1970; 0 for none that is worth showing. */
    long certifiedMs() {
        return refused || clock.millis() < fromMs ? 0 : untilMs;
    }

    /** Whether the servers do not take the certificate that the mixer issued, whatever stands in it: it counts as none until another one comes. */
    void refused(boolean now) {
        refused = now;
    }

    boolean refused() {
        return refused;
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
        return !wanted || ownCertificateConfigured() || clock.millis() < certifiedMs();
    }

    /** The join file, null if there is none or it is not needed. */
    JoinFile join() throws PassportException {
        return wanted && joinPath != null ? JoinFile.read(joinPath) : null;
    }

    /** Whether a certificate that the servers refuse can be replaced by saying hello with the join file. */
    boolean canJoin() {
        try {
            JoinFile join = ownCertificateConfigured() ? null : join();
            return join != null && clock.millis() < join.untilMs();
        } catch (PassportException unusable) {
            return false;
        }
    }

    /** That the servers refuse the certificate of the mixer, as what the rack has, and how it gets another; empty if that is not its own to mend. */
    String refusal() {
        if (ownCertificateConfigured()) {
            return "";
        }
        String own = "has a certificate that the servers do not take, though it is good until " + at(untilMs);
        try {
            return canJoin() ? own + ": it says hello with " + joinPath + " for another" : own + missing(join());
        } catch (PassportException unusable) {
            return own + ", and cannot say hello for another: " + unusable.getMessage();
        }
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
        return join != null && clock.millis() < join.untilMs() ? "" : own() + missing(join);
    }

    private String missing(JoinFile join) {
        if (joinPath == null) {
            return ", and snake.join_file is not set: copy the mixer's authority/join.pem here and name it there";
        }
        String other = join == null ? "there is no " + joinPath : joinPath + " expired at " + at(join.untilMs());
        return ", and " + other + ": copy the mixer's authority/join.pem there";
    }

    private String own() {
        if (untilMs == 0) {
            return "has no certificate";
        }
        if (clock.millis() < fromMs) {
            return "has a certificate that is not valid before " + at(fromMs);
        }
        return refused
                ? "has a certificate that the servers do not take"
                : "has a certificate that expired at " + at(untilMs);
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
            boolean mine = key != null
                    && all.size() == 2
                    && Arrays.equals(
                            all.get(0).getPublicKey().getEncoded(),
                            key.getPublic().getEncoded());
            if (!mine) {
                throw new PassportException("the certificate that came is for another key than this rack's tls.key");
            }
            // who signed it stands in this file too: what a crash leaves undone after it is done at the next start
            keepText(certificate, text.getBytes(StandardCharsets.ISO_8859_1));
            keepSigner(all.get(1));
            counts(all.get(0));
            refused = false;
        } catch (IOException | CertificateEncodingException damaged) {
            throw new PassportException("the certificate that came is none", damaged);
        }
    }

    private void keepSigner(X509Certificate one) throws PassportException, CertificateEncodingException {
        keepText(signer, PemFile.block("CERTIFICATE", one.getEncoded()).getBytes(StandardCharsets.US_ASCII));
    }

    private static void keepText(Path file, byte[] text) throws PassportException {
        if (!Arrays.equals(text, OwnFile.readPublic(file))) {
            OwnFile.write(file, text);
        }
    }

    private void counts(X509Certificate own) {
        fromMs = own.getNotBefore().toInstant().toEpochMilli();
        untilMs = own.getNotAfter().toInstant().toEpochMilli();
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
    private void readIssued() throws PassportException {
        if (OwnFile.readPublic(certificate) == null) {
            return;
        }
        try {
            List<X509Certificate> all = PemFile.certificates(certificate);
            boolean mine = Arrays.equals(
                    all.get(0).getPublicKey().getEncoded(), key.getPublic().getEncoded());
            if (mine && all.size() == 2) {
                keepSigner(all.get(1));
                counts(all.get(0));
            }
        } catch (IOException | CertificateEncodingException damaged) {
            LOG.warn("{} counts as none: {}", certificate, damaged.getMessage());
        }
    }

    private static String at(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }
}
