package io.fluxrig.engine.gears.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a certificate and a key, in PEM files, belong together: the TLS stack takes any two and fails every handshake. */
final class KeyPairFiles {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final byte[] SIGNED = "fluxrig".getBytes(StandardCharsets.US_ASCII);

    private KeyPairFiles() {}

    /** True only if both can be read and what the one signs the other does not verify; what cannot be read is told elsewhere. */
    static boolean mismatch(Path certFile, Path keyFile) {
        byte[] encoded = null;
        try {
            byte[] cert = Files.readAllBytes(certFile);
            PublicKey shown = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(cert))
                    .getPublicKey();
            Matcher pem = KEY.matcher(Files.readString(keyFile, StandardCharsets.US_ASCII));
            if (!pem.find()) {
                return false;
            }
            encoded = Base64.getMimeDecoder().decode(pem.group(1));
            return !signs(encoded, shown);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            return false;
        } finally {
            if (encoded != null) {
                Arrays.fill(encoded, (byte) 0);
            }
        }
    }

    private static boolean signs(byte[] encoded, PublicKey shown) throws GeneralSecurityException {
        for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
            PrivateKey key;
            try {
                key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException ofAnotherAlgorithm) {
                continue;
            }
            return algorithm.equals(shown.getAlgorithm()) && verifies(algorithm, key, shown);
        }
        throw new GeneralSecurityException("a key of an algorithm that is not compared");
    }

    private static boolean verifies(String algorithm, PrivateKey key, PublicKey shown) throws GeneralSecurityException {
        String name =
                algorithm.equals("EdDSA") ? algorithm : "SHA256with" + (algorithm.equals("EC") ? "ECDSA" : algorithm);
        Signature signature = Signature.getInstance(name);
        signature.initSign(key);
        signature.update(SIGNED);
        byte[] signed = signature.sign();
        signature.initVerify(shown);
        signature.update(SIGNED);
        try {
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherCurve) {
            return false;
        }
    }
}
