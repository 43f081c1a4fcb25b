package io.fluxrig.mixer.authority;

import io.fluxrig.transport.bus.PemFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Writes certificates (RFC 5280) and signs them with a key on P-256. Any thread. */
final class CertificateWriter {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 127;
    /** Whoever checks may have a clock that is somewhat behind. */
    private static final long BEHIND_MS = 300_000;

    private static final KeyPurposeId[] CLIENT = {KeyPurposeId.id_kp_clientAuth};
    private static final KeyPurposeId[] BOTH = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};

    private final X500Name issuer;
    private final PrivateKey key;
    private final PublicKey publicKey;

    /** @param issuer name of who signs */
    CertificateWriter(X500Name issuer, PrivateKey key, PublicKey publicKey) {
        this.issuer = issuer;
        this.key = key;
        this.publicKey = publicKey;
    }

    /** The certificate of who signs itself, PEM. */
    String authority(long nowMs, long untilMs) {
        return write(issuer, publicKey, nowMs, untilMs, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
    }

    /** One that opens connections and serves none, PEM. */
    String client(X500Name subject, PublicKey of, long nowMs, long untilMs) {
        return write(subject, of, nowMs, untilMs, builder -> leaf(builder, CLIENT));
    }

    /** One that does both, under these names and addresses, PEM. */
    String server(X500Name subject, PublicKey of, Set<ServerName> names, long nowMs, long untilMs) {
        GeneralName[] all = names.stream()
                .map(name -> new GeneralName(name.address() ? GeneralName.iPAddress : GeneralName.dNSName, name.text()))
                .toArray(GeneralName[]::new);
        return write(subject, of, nowMs, untilMs, builder -> {
            leaf(builder, BOTH);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
        });
    }

    private interface Extensions {
        void add(X509v3CertificateBuilder builder) throws IOException;
    }

    private static void leaf(X509v3CertificateBuilder builder, KeyPurposeId[] purposes) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    private String write(X500Name subject, PublicKey of, long nowMs, long untilMs, Extensions extensions) {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM),
                Date.from(Instant.ofEpochMilli(nowMs - BEHIND_MS)),
                Date.from(Instant.ofEpochMilli(untilMs)),
                subject,
                of);
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(of));
            builder.addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(publicKey));
            extensions.add(builder);
            byte[] written = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                    .getEncoded();
            return PemFile.block("CERTIFICATE", written);
        } catch (GeneralSecurityException | OperatorCreationException absent) {
            throw new IllegalStateException("every JDK signs with P-256", absent);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
