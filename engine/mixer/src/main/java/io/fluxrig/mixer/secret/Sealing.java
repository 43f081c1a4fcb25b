package io.fluxrig.mixer.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a few bytes with AES-256-GCM, bound to what they are:
 *
 * <pre>
 *   0   1  format 1
 *   1  16  salt: the key of this seal alone is HMAC-SHA256 of the key over it
 *  17  12  nonce
 *  29   n  the bytes, encrypted
 *      16  tag, over the context too
 * </pre>
 *
 * <p>Salt and nonce are random, 28 bytes together, so that one key may seal as often as it likes. Static and stateless.
 */
final class Sealing {
    /** Bytes of a key. */
    static final int KEY_LENGTH = 32;

    private static final byte FORMAT = 1;
    private static final int SALT_LENGTH = 16;
    private static final int NONCE_LENGTH = 12;
    private static final int HEADER_LENGTH = 1 + SALT_LENGTH + NONCE_LENGTH;
    private static final int TAG_LENGTH = 16;
    private static final String HMAC = "HmacSHA256";
    private static final byte[] PURPOSE = "fluxrig secret seal".getBytes(StandardCharsets.US_ASCII);

    private Sealing() {}

    /**
     * The sealed bytes.
     *
     * @param key {@value #KEY_LENGTH} bytes
     * @param context what they are; the same is needed to open them
     */
    static byte[] seal(byte[] key, String context, byte[] plain, SecureRandom random) {
        byte[] header = new byte[HEADER_LENGTH];
        random.nextBytes(header);
        header[0] = FORMAT;
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, header, context);
            byte[] sealed = Arrays.copyOf(header, HEADER_LENGTH + plain.length + TAG_LENGTH);
            cipher.doFinal(plain, 0, plain.length, sealed, HEADER_LENGTH);
            return sealed;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JVM has no AES-GCM or HMAC-SHA256", absent);
        }
    }

    /** What was sealed; null if it was not under that key, for that context, or was changed since. */
    static byte[] open(byte[] key, String context, byte[] sealed) {
        if (sealed.length < HEADER_LENGTH + TAG_LENGTH || sealed[0] != FORMAT) {
            return null;
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, sealed, context)
                    .doFinal(sealed, HEADER_LENGTH, sealed.length - HEADER_LENGTH);
        } catch (AEADBadTagException otherwise) {
            return null;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JVM has no AES-GCM or HMAC-SHA256", absent);
        }
    }

    /** A few bytes that tell a key from others and say nothing about it. */
    static byte[] mark(byte[] key, int length) {
        try {
            return Arrays.copyOf(
                    hmac(key, "fluxrig key mark".getBytes(StandardCharsets.US_ASCII), new byte[0]), length);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JVM has no HMAC-SHA256", absent);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] header, String context) throws GeneralSecurityException {
        byte[] own = hmac(key, PURPOSE, Arrays.copyOfRange(header, 1, 1 + SALT_LENGTH));
        byte[] nonce = Arrays.copyOfRange(header, 1 + SALT_LENGTH, HEADER_LENGTH);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(own, "AES"), new GCMParameterSpec(8 * TAG_LENGTH, nonce));
            cipher.updateAAD(header, 0, HEADER_LENGTH);
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher;
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    private static byte[] hmac(byte[] key, byte[] purpose, byte[] bytes) throws GeneralSecurityException {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("key length=" + key.length + " must be " + KEY_LENGTH);
        }
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        mac.update(purpose);
        mac.update((byte) 0);
        return mac.doFinal(bytes);
    }
}
