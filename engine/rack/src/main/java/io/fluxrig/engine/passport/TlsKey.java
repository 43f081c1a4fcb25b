package io.fluxrig.engine.passport;

import io.fluxrig.transport.bus.PemFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node's key pair for TLS, on the curve P-256 that every TLS stack knows, in a file that only its user may read:
 *
 * <pre>
 *   -----BEGIN PRIVATE KEY-----    PKCS#8
 *   -----BEGIN PUBLIC KEY-----     X.509
 * </pre>
 */
public final class TlsKey {
    /** Bytes of a public key in X.509. */
    public static final int PUBLIC_LENGTH = 91;

    private static final String ALGORITHM = "EC";
    private static final String CURVE = "secp256r1";
    private static final Pattern PUBLIC =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private TlsKey() {}

    /**
     * The pair in the file; made where there is none.
     *
     * @throws PassportException if it cannot be used
     */
    public static KeyPair open(Path file) throws PassportException {
        byte[] kept = OwnFile.read(file);
        if (kept == null) {
            KeyPair made = make();
            OwnFile.write(file, text(made).getBytes(StandardCharsets.US_ASCII));
            return made;
        }
        Matcher shown = PUBLIC.matcher(new String(kept, StandardCharsets.ISO_8859_1));
        try {
            if (shown.find()) {
                PublicKey key = publicKey(Base64.getMimeDecoder().decode(shown.group(1)));
                return new KeyPair(key, PemFile.key(file, ALGORITHM));
            }
        } catch (GeneralSecurityException | IllegalArgumentException | IOException noKey) {
            throw new PassportException(unusable(file), noKey);
        }
        throw new PassportException(unusable(file));
    }

    /**
     * A public key that somebody sent.
     *
     * @throws GeneralSecurityException if it is none
     */
    public static PublicKey publicKey(byte[] x509) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(x509));
    }

    /** A pair that no file keeps. */
    public static KeyPair make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has " + CURVE, absent);
        }
    }

    /** As a file holds it. */
    public static String text(KeyPair pair) {
        return PemFile.block("PRIVATE KEY", pair.getPrivate().getEncoded())
                + PemFile.block("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static String unusable(Path file) {
        return file + " holds no key pair for TLS; bring it back from its back-up, or remove it: another is made";
    }
}
