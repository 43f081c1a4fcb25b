package io.fluxrig.engine.passport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes in what is sealed for its holder alone, whatever way it comes: an X25519 pair (RFC 7748) that lives in memory and no longer than the
 * process, so that what was sent once cannot be opened later with anything on a disk.
 *
 * <pre>
 *   0   1  format 1
 *   1  44  the sealer's own X25519 key, made for this (X.509)
 *  45   n  encrypted with AES-256-GCM
 *      16  tag
 *
 *   key and nonce: 44 bytes of HKDF-SHA256 (RFC 5869, no salt) of the shared secret; info: "fluxrig/1 box" 00 both public keys, context
 * </pre>
 *
 * <p>Says nothing of who sealed: the message around it is signed. Any thread.
 */
public final class KeyBox {
    /** Bytes of a public key in X.509. */
    public static final int PUBLIC_LENGTH = 44;

    private static final String ALGORITHM = "X25519";
    private static final String HMAC = "HmacSHA256";
    private static final byte FORMAT = 1;
    private static final int HEADER_LENGTH = 1 + PUBLIC_LENGTH;
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;

    private final KeyPair pair;

    private KeyBox(KeyPair pair) {
        this.pair = pair;
    }

    /** One with a pair of its own. */
    public static KeyBox make() {
        return new KeyBox(pair());
    }

    /** What others seal for, {@value #PUBLIC_LENGTH} bytes. */
    public byte[] publicKey() {
        return pair.getPublic().getEncoded();
    }

    /**
     * Seals bytes for the holder of a key.
     *
     * @param to a {@link #publicKey}, as somebody sent it
     * @param context what it is, and for whom; the same is needed to open it
     * @throws GeneralSecurityException if {@code to} is no key
     */
    public static byte[] seal(byte[] to, String context, byte[] plain) throws GeneralSecurityException {
        KeyPair own = pair();
        byte[] shown = own.getPublic().getEncoded();
        byte[] sealed = new byte[HEADER_LENGTH + plain.length + TAG_LENGTH];
        sealed[0] = FORMAT;
        System.arraycopy(shown, 0, sealed, 1, PUBLIC_LENGTH);
        cipher(Cipher.ENCRYPT_MODE, own, to, info(shown, to, context))
                .doFinal(plain, 0, plain.length, sealed, HEADER_LENGTH);
        return sealed;
    }

    /** What was sealed for this holder; null if it was not, was for another context, or was changed on its way. */
    public byte[] open(String context, byte[] sealed) {
        if (sealed.length < HEADER_LENGTH + TAG_LENGTH || sealed[0] != FORMAT) {
            return null;
        }
        byte[] from = Arrays.copyOfRange(sealed, 1, HEADER_LENGTH);
        try {
            return cipher(Cipher.DECRYPT_MODE, pair, from, info(from, publicKey(), context))
                    .doFinal(sealed, HEADER_LENGTH, sealed.length - HEADER_LENGTH);
        } catch (GeneralSecurityException otherwise) {
            return null;
        }
    }

    private static Cipher cipher(int mode, KeyPair own, byte[] other, byte[] info) throws GeneralSecurityException {
        PublicKey theirs = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(other));
        KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM);
        agreement.init(own.getPrivate());
        // a key that leaves the secret no choice is refused here
        agreement.doPhase(theirs, true);
        byte[] made = derived(agreement.generateSecret(), info);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(made, 0, KEY_LENGTH, "AES"),
                    new GCMParameterSpec(
                            8 * TAG_LENGTH, Arrays.copyOfRange(made, KEY_LENGTH, KEY_LENGTH + NONCE_LENGTH)));
            return cipher;
        } finally {
            Arrays.fill(made, (byte) 0);
        }
    }

    /** Two blocks of HKDF-SHA256 without a salt; wipes the secret, and what lies between it and them. */
    static byte[] derived(byte[] secret, byte[] info) throws GeneralSecurityException {
        byte[] extracted = hmac(new byte[KEY_LENGTH], secret);
        byte[] first = hmac(extracted, info, new byte[] {1});
        byte[] second = hmac(extracted, first, info, new byte[] {2});
        byte[] made = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, made, first.length, second.length);
        for (byte[] used : new byte[][] {secret, extracted, first, second}) {
            Arrays.fill(used, (byte) 0);
        }
        return made;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static byte[] info(byte[] from, byte[] to, String context) {
        byte[] purpose = "fluxrig/1 box\0".getBytes(StandardCharsets.US_ASCII);
        byte[] end = context.getBytes(StandardCharsets.UTF_8);
        byte[] info = Arrays.copyOf(purpose, purpose.length + from.length + to.length + end.length);
        System.arraycopy(from, 0, info, purpose.length, from.length);
        System.arraycopy(to, 0, info, purpose.length + from.length, to.length);
        System.arraycopy(end, 0, info, purpose.length + from.length + to.length, end.length);
        return info;
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK since 11 has X25519", absent);
        }
    }
}
