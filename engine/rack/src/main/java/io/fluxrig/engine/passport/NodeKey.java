package io.fluxrig.engine.passport;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node's own Ed25519 key pair, in a file that only its user may read and that never leaves the machine:
 *
 * <pre>
 *   -----BEGIN PRIVATE KEY-----    PKCS#8 (RFC 8410)
 *   -----BEGIN PUBLIC KEY-----     the 32 bytes of RFC 8032
 * </pre>
 *
 * <p>Any thread.
 */
public final class NodeKey {
    private static final Pattern FILE =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\\s+([A-Za-z0-9+/=]+)\\s+-----END PRIVATE KEY-----\\s+"
                    + "-----BEGIN PUBLIC KEY-----\\s+([A-Za-z0-9+/=]+)\\s+-----END PUBLIC KEY-----\\s*");

    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private NodeKey(PrivateKey privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * The pair in the file; made where there is none.
     *
     * @throws PassportException if it cannot be used
     */
    public static NodeKey open(Path file) throws PassportException {
        byte[] bytes = OwnFile.read(file);
        if (bytes == null) {
            KeyPair made = make();
            OwnFile.write(file, text(made).getBytes(StandardCharsets.US_ASCII));
            return new NodeKey(made.getPrivate(), PublicKeys.bytes(made.getPublic()));
        }
        return parse(file, new String(bytes, StandardCharsets.US_ASCII));
    }

    /** A pair that no file keeps. */
    public static NodeKey ephemeral() {
        KeyPair made = make();
        return new NodeKey(made.getPrivate(), PublicKeys.bytes(made.getPublic()));
    }

    /** The public key, 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** How people tell it from others. */
    public String fingerprint() {
        return PublicKeys.fingerprint(publicKey);
    }

    /** The signature of a message, 64 bytes. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", impossible);
        }
    }

    private static NodeKey parse(Path file, String text) throws PassportException {
        Matcher parts = FILE.matcher(text);
        if (!parts.matches()) {
            throw new PassportException(
                    file + " holds no key pair; bring it back from its back-up, or remove it: the node is"
                            + " another one then, and has to be approved anew");
        }
        try {
            PrivateKey privateKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(parts.group(1))));
            NodeKey key = new NodeKey(privateKey, Base64.getDecoder().decode(parts.group(2)));
            byte[] probe = {1};
            if (PublicKeys.verify(key.publicKey, probe, key.sign(probe))) {
                return key;
            }
            throw new PassportException(file + " holds two keys that are no pair; bring it back from its back-up");
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            throw new PassportException(file + " holds no Ed25519 key; bring it back from its back-up", noKey);
        }
    }

    private static KeyPair make() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", absent);
        }
    }

    private static String text(KeyPair pair) {
        Base64.Encoder base64 = Base64.getEncoder();
        return "-----BEGIN PRIVATE KEY-----\n"
                + base64.encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n-----BEGIN PUBLIC KEY-----\n"
                + base64.encodeToString(PublicKeys.bytes(pair.getPublic()))
                + "\n-----END PUBLIC KEY-----\n";
    }
}
