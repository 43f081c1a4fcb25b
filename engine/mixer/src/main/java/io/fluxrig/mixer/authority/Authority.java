package io.fluxrig.mixer.authority;

import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.passport.JoinFile;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.TlsKey;
import io.fluxrig.transport.bus.PemFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes a cluster one, in a folder that all its mixers have in common; made at the first start:
 *
 * <pre>
 *   authority.key   signs what racks obey, and their passports
 *   ca.key ca.crt   sign certificates for TLS
 *   join.pem        for racks that say hello; see {@link JoinFile}
 * </pre>
 *
 * <p>Everything there is for the mixer's user only. Any thread, once it is open.
 */
public final class Authority {
    private static final Logger LOG = LoggerFactory.getLogger(Authority.class);
    private static final long DAY_MS = 86_400_000L;
    private static final long LIFE_MS = 3650 * DAY_MS;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int JOIN_ID_LENGTH = 8;
    private static final String JOIN = "fluxrig join";
    private static final String RACK = "fluxrig rack";
    private static final String MIXER = "fluxrig mixer";

    private final Path folder;
    private final NodeKey signing;
    private final KeyPair key;
    private final X500Name name;
    private final CertificateWriter writer;
    private final InstantSource clock;
    private volatile String certificate;
    private volatile long untilMs;

    private Authority(Path folder, NodeKey signing, KeyPair key, InstantSource clock) {
        this.folder = folder;
        this.signing = signing;
        this.key = key;
        this.clock = clock;
        this.name = name(signing.fingerprint(), "fluxrig authority");
        this.writer = new CertificateWriter(name, key.getPrivate(), key.getPublic());
    }

    /**
     * Opens what is in the mixer's data folder, or makes it.
     *
     * @throws PassportException if it cannot be used; the text is for the operator
     */
    public static Authority open(Path data, InstantSource clock) throws PassportException {
        Path folder = data.resolve("authority");
        Path signing = folder.resolve("authority.key");
        bring(data.resolve("authority.key"), signing);
        Authority authority =
                new Authority(folder, NodeKey.open(signing), TlsKey.open(folder.resolve("ca.key")), clock);
        authority.certify();
        return authority;
    }

    /** The key that racks obey. */
    public NodeKey signing() {
        return signing;
    }

    /** The file of the certificate that has signed all others. */
    public Path certificateFile() {
        return folder.resolve("ca.crt");
    }

    /** The file that racks are given to say hello with. */
    public Path joinFile() {
        return folder.resolve(JoinFile.NAME);
    }

    /**
     * A certificate for a rack's key, with this authority's behind it, PEM.
     *
     * @param wantedMs until when it is to be good; no longer than this authority is
     */
    public byte[] rack(String rack, PublicKey of, long wantedMs) {
        String leaf = writer.client(name(rack, RACK), of, clock.millis(), Math.min(wantedMs, untilMs));
        return (leaf + certificate).getBytes(StandardCharsets.US_ASCII);
    }

    /** A certificate for a mixer's key, as {@link #rack}. */
    byte[] mixer(PublicKey of, Set<ServerName> names, long lifeMs) {
        long now = clock.millis();
        String subject = names.iterator().next().text();
        String leaf = writer.server(name(subject, MIXER), of, names, now, Math.min(now + lifeMs, untilMs));
        return (leaf + certificate).getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a certificate was signed by this authority. */
    boolean signed(X509Certificate one) {
        try {
            one.verify(key.getPublic());
            return true;
        } catch (GeneralSecurityException other) {
            return false;
        }
    }

    /**
     * Makes the file that racks say hello with, where there is none, a third of its time is left, or its time has not come.
     *
     * @return whose certificate it holds, as nats-server names it: {@code CN=...,O=...}; others of the same file stay good until they expire
     * @throws PassportException if it cannot be used or written
     */
    public String join(long lifeMs) throws PassportException {
        JoinFile kept = JoinFile.read(joinFile());
        long now = clock.millis();
        boolean ours =
                kept != null && signed(kept.certificate()) && Arrays.equals(kept.authority(), signing.publicKey());
        byte[] random = new byte[JOIN_ID_LENGTH];
        RANDOM.nextBytes(random);
        String id = ours ? commonName(kept.certificate()) : HexFormat.of().formatHex(random);
        if (!ours || kept.untilMs() - now < lifeMs / 3 || isAhead(kept.certificate(), joinFile())) {
            KeyPair made = TlsKey.make();
            String leaf = writer.client(name(id, JOIN), made.getPublic(), now, Math.min(now + lifeMs, untilMs));
            OwnFile.write(
                    joinFile(),
                    JoinFile.text(signing.publicKey(), leaf, certificate, made).getBytes(StandardCharsets.US_ASCII));
        }
        return "CN=" + id + ",O=" + JOIN;
    }

    /** This authority's own certificate: kept, or written with the same key once a third of its time is left. */
    private void certify() throws PassportException {
        long now = clock.millis();
        byte[] kept = OwnFile.readPublic(certificateFile());
        try {
            X509Certificate own = kept == null
                    ? null
                    : PemFile.certificates(certificateFile()).get(0);
            if (own != null) {
                checkMine(own);
            }
            if (own != null
                    && own.getNotAfter().toInstant().toEpochMilli() - now >= LIFE_MS / 3
                    && !isAhead(own, certificateFile())) {
                certificate = PemFile.block("CERTIFICATE", own.getEncoded());
                untilMs = own.getNotAfter().toInstant().toEpochMilli();
                return;
            }
        } catch (IOException | CertificateEncodingException damaged) {
            throw new PassportException(
                    certificateFile() + " is damaged; remove it: it is written again with the same key", damaged);
        }
        untilMs = now + LIFE_MS;
        certificate = writer.authority(now, untilMs);
        OwnFile.write(certificateFile(), certificate.getBytes(StandardCharsets.US_ASCII));
    }

    /** Keys and certificate that come from different folders would issue what nobody takes. */
    private void checkMine(X509Certificate own) throws PassportException {
        if (!signed(own)) {
            throw new PassportException(certificateFile() + " is not of the key in " + folder.resolve("ca.key")
                    + "; bring both back from one back-up");
        }
        X500Name theirs = X500Name.getInstance(own.getSubjectX500Principal().getEncoded());
        if (!theirs.equals(name)) {
            throw new PassportException(folder.resolve("authority.key") + " (" + signing.fingerprint()
                    + ") is another key than the one that " + certificateFile() + " was made beside ("
                    + commonName(own)
                    + "): put the authority.key back that belongs to it; if the fleet is to have a new authority,"
                    + " remove ca.key, ca.crt and join.pem too");
        }
    }

    /**
     * Whether a certificate's time has not come: it was issued while this machine's clock was ahead, and whoever has the right time refuses it.
     */
    boolean isAhead(X509Certificate one, Path file) {
        boolean ahead = one.getNotBefore().toInstant().toEpochMilli() > clock.millis();
        if (ahead) {
            LOG.warn(
                    "{} is not valid before {}, so this machine's clock was ahead when it was made: it is made anew",
                    file,
                    one.getNotBefore().toInstant());
        }
        return ahead;
    }

    /** Where mixers of before kept the key. */
    private static void bring(Path before, Path now) throws PassportException {
        try {
            if (Files.exists(before) && !Files.exists(now)) {
                Files.createDirectories(now.resolveSibling(""));
                Files.move(before, now);
            }
        } catch (IOException e) {
            throw new PassportException(before + " cannot be moved to " + now + ": " + FileReason.of(e), e);
        }
    }

    private static String commonName(X509Certificate certificate) {
        return new X500Name(certificate.getSubjectX500Principal().getName())
                .getRDNs(BCStyle.CN)[0]
                .getFirst()
                .getValue()
                .toString();
    }

    private static X500Name name(String common, String organization) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organization)
                .addRDN(BCStyle.CN, common)
                .build();
    }
}
