package io.fluxrig.engine.passport;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 public keys as the 32 bytes of RFC 8032, and what is checked with them. Any thread. */
public final class PublicKeys {
    /** Bytes of a public key. */
    public static final int LENGTH = 32;

    /** What X.509 puts ahead of those bytes (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int FINGERPRINT_LENGTH = 16;

    private PublicKeys() {}

    /** The 32 bytes of a key. */
    static byte[] bytes(PublicKey key) {
        byte[] x509 = key.getEncoded();
        return Arrays.copyOfRange(x509, x509.length - LENGTH, x509.length);
    }

    /** Whether the holder of the key signed the message; false for whatever is no key or no signature. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != LENGTH) {
            return false;
        }
        byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + LENGTH);
        System.arraycopy(publicKey, 0, x509, X509_PREFIX.length, LENGTH);
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
            check.update(message);
            return check.verify(signature);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", absent);
        } catch (SignatureException noSignature) {
            return false;
        } catch (GeneralSecurityException noKey) {
            return false;
        }
    }

    /** How people tell keys apart: the first {@value #FINGERPRINT_LENGTH} hex digits of the key's SHA-256. */
    public static String fingerprint(byte[] publicKey) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(publicKey);
            return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT_LENGTH);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    /** The key as text, 64 hex digits. */
    public static String text(byte[] publicKey) {
        return HexFormat.of().formatHex(publicKey);
    }

    /** The key that such a text names, null if it is none. */
    public static byte[] parse(String text) {
        return text.matches("[0-9a-fA-F]{64}") ? HexFormat.of().parseHex(text) : null;
    }
}
