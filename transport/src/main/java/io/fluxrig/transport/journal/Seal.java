package io.fluxrig.transport.journal;

import io.fluxrig.perf.buffer.Bytes;
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
 * Seals blocks with AES-256-GCM and opens them again.
 *
 * <p>No nonce ever meets the same key twice. Each opening of a journal draws 16 random bytes, its salt; the key of its blocks
 * is HMAC-SHA256 of the rack's key over the identity and the salt; the nonce is the block's number in the opening, which only
 * rises. So it holds across restarts, and when a folder is put back from a copy and written on.
 *
 * <p>The journal's thread only.
 */
final class Seal {
    private static final String HMAC = "HmacSHA256";
    private static final int NONCE_LENGTH = 12;
    private static final int NONCE_COUNTER_OFFSET = 4;

    private final Mac mac;
    private final byte[] identity;
    private final Cipher sealing;
    private final Cipher opening;
    private final SecretKeySpec sealKey;
    private final byte[] sealSalt = new byte[Block.SALT_LENGTH];
    private final byte[] openSalt = new byte[Block.SALT_LENGTH];
    private final byte[] nonce = new byte[NONCE_LENGTH];
    private SecretKeySpec openKey;
    private long number;

    /**
     * @param key the rack's; copied
     * @param identity of the journal; part of every seal
     */
    Seal(byte[] key, byte[] identity, SecureRandom random) {
        this.identity = identity.clone();
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            sealing = Cipher.getInstance("AES/GCM/NoPadding");
            opening = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no AES-GCM or HMAC-SHA256", e);
        }
        random.nextBytes(sealSalt);
        sealKey = blockKey(sealSalt);
        openKey = sealKey;
        System.arraycopy(sealSalt, 0, openSalt, 0, Block.SALT_LENGTH);
    }

    /**
     * Seals one block; every call uses up a number, also if what it made is never written.
     *
     * @param into receives header, encrypted records and tag
     * @return length of the block
     */
    int seal(int count, long firstSequence, byte[] previousTag, byte[] plain, int plainLength, byte[] into) {
        long own = ++number;
        Block.putHeader(into, count, firstSequence, sealSalt, own, previousTag);
        try {
            sealing.init(Cipher.ENCRYPT_MODE, sealKey, nonce(own));
            sealing.updateAAD(identity);
            sealing.updateAAD(into, 0, Block.HEADER_LENGTH);
            return Block.HEADER_LENGTH + sealing.doFinal(plain, 0, plainLength, into, Block.HEADER_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("block " + own + " cannot be sealed", e);
        }
    }

    /**
     * Opens a block that is {@link Block#plausible}.
     *
     * @return length of the records in {@code plain}; -1 if the block is not as it was sealed, or was sealed for another
     *     journal or with another key
     */
    int open(byte[] block, int length, byte[] plain) {
        if (!Block.hasSalt(block, openSalt)) {
            Block.copySalt(block, openSalt);
            openKey = blockKey(openSalt);
        }
        try {
            opening.init(Cipher.DECRYPT_MODE, openKey, nonce(Block.number(block)));
            opening.updateAAD(identity);
            opening.updateAAD(block, 0, Block.HEADER_LENGTH);
            return opening.doFinal(block, Block.HEADER_LENGTH, length - Block.HEADER_LENGTH, plain, 0);
        } catch (AEADBadTagException changed) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("block of length=" + length + " cannot be opened", e);
        }
    }

    /** What tells the journal from every other: the first bytes of its identity. */
    byte[] id() {
        return Arrays.copyOf(identity, IdentityFile.ID_LENGTH);
    }

    /** An HMAC-SHA256 under the rack's key over a purpose, the identity and some bytes. */
    byte[] proof(String purpose, byte[] bytes, int length) {
        mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        mac.update(identity);
        mac.update((byte) 0);
        mac.update(bytes, 0, length);
        return mac.doFinal();
    }

    private SecretKeySpec blockKey(byte[] salt) {
        byte[] derived = proof("fluxrig journal block key", salt, salt.length);
        SecretKeySpec key = new SecretKeySpec(derived, "AES");
        Bytes.wipe(derived);
        return key;
    }

    private GCMParameterSpec nonce(long counter) {
        Bytes.putLongBe(nonce, NONCE_COUNTER_OFFSET, counter);
        return new GCMParameterSpec(8 * Block.TAG_LENGTH, nonce);
    }
}
