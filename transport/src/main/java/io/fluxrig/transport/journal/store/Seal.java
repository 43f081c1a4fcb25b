package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals blocks with AES-256-GCM and opens them again.
 *
 * <p>No nonce ever meets the same key twice. Each opening of a journal draws 16 random bytes, its salt; the key of its blocks
 * is HMAC-SHA256 of the rack's key over the identity and the salt; the nonce is the block's number in the opening, which only
 * rises. So it holds across restarts, and when a folder is put back from a copy and written on.
 *
 * <p>The rack's key may have changed: the first of its keys seals, and each opens what it has sealed.
 *
 * <p>The journal's thread only.
 */
public final class Seal {
    private static final Logger LOG = LoggerFactory.getLogger(Seal.class);
    private static final int TRIES_MAX = 3;
    private static final String HMAC = "HmacSHA256";
    private static final int NONCE_LENGTH = 12;
    private static final int NONCE_COUNTER_OFFSET = 4;

    /** Of the rack's keys; the first seals. */
    private final Mac[] macs;

    private final byte[] identity;
    private final Encryption encryption;
    private final Cipher sealing;
    private final Cipher checking;
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
        this(List.of(key), identity, random, Seal::encrypt);
    }

    /** @param keys the rack's, the one that seals first; copied */
    Seal(List<byte[]> keys, byte[] identity, SecureRandom random, Encryption encryption) {
        this.encryption = encryption;
        this.identity = identity.clone();
        try {
            macs = new Mac[keys.size()];
            for (int i = 0; i < macs.length; i++) {
                macs[i] = Mac.getInstance(HMAC);
                macs[i].init(new SecretKeySpec(keys.get(i), HMAC));
            }
            sealing = Cipher.getInstance("AES/GCM/NoPadding");
            checking = Cipher.getInstance("AES/GCM/NoPadding");
            opening = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no AES-GCM or HMAC-SHA256", e);
        }
        random.nextBytes(sealSalt);
        sealKey = blockKey(macs[0], sealSalt);
        openKey = sealKey;
        System.arraycopy(sealSalt, 0, openSalt, 0, Block.SALT_LENGTH);
    }

    /**
     * Seals one block, and opens it again to see that it holds what was sealed: a campaign of kills met a block that a JVM had encrypted
     * from a wrong counter on, under a tag that was right, which no reader can tell from what was meant. Every try uses up a number, also
     * if what it made is never written.
     *
     * @param into receives header, encrypted records and tag
     * @param opened receives the records as they were found in the block; the caller wipes it
     * @return length of the block
     */
    int seal(
            int count,
            long firstSequence,
            byte[] previousTag,
            byte[] plain,
            int plainLength,
            byte[] into,
            byte[] opened) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            int length = sealOnce(count, firstSequence, previousTag, plain, plainLength, into);
            if (holds(into, length, plain, plainLength, opened)) {
                return length;
            }
            LOG.error(
                    "block {} did not hold what was sealed and is sealed again; this JVM or machine computes wrongly",
                    number);
        }
        throw new IllegalStateException("block " + number + " does not hold what was sealed, tried " + TRIES_MAX
                + " times: this JVM or machine computes wrongly, move the rack to another");
    }

    private boolean holds(byte[] block, int length, byte[] plain, int plainLength, byte[] opened) {
        try {
            checking.init(Cipher.DECRYPT_MODE, sealKey, nonce(Block.number(block)));
            checking.updateAAD(identity);
            checking.updateAAD(block, 0, Block.HEADER_LENGTH);
            int found = checking.doFinal(block, Block.HEADER_LENGTH, length - Block.HEADER_LENGTH, opened, 0);
            return found == plainLength && Arrays.equals(opened, 0, found, plain, 0, plainLength);
        } catch (AEADBadTagException wrong) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("block " + number + " cannot be opened", e);
        }
    }

    private int sealOnce(
            int count, long firstSequence, byte[] previousTag, byte[] plain, int plainLength, byte[] into) {
        long own = ++number;
        Block.putHeader(into, count, firstSequence, sealSalt, own, previousTag);
        try {
            sealing.init(Cipher.ENCRYPT_MODE, sealKey, nonce(own));
            sealing.updateAAD(identity);
            sealing.updateAAD(into, 0, Block.HEADER_LENGTH);
            return Block.HEADER_LENGTH + encryption.encrypt(sealing, plain, plainLength, into);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("block " + own + " cannot be sealed", e);
        }
    }

    /** Encrypts behind a block's header; apart, so that a test can have it go wrong. */
    interface Encryption {
        int encrypt(Cipher cipher, byte[] plain, int length, byte[] into) throws GeneralSecurityException;
    }

    static int encrypt(Cipher cipher, byte[] plain, int length, byte[] into) throws GeneralSecurityException {
        return cipher.doFinal(plain, 0, length, into, Block.HEADER_LENGTH);
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
            openKey = blockKey(macs[0], openSalt);
        }
        int opened = open(block, length, plain, openKey);
        for (int i = 0; opened < 0 && macs.length > 1 && i < macs.length; i++) {
            SecretKeySpec other = blockKey(macs[i], openSalt);
            opened = open(block, length, plain, other);
            if (opened >= 0) { // the others of its salt are under the same key
                openKey = other;
            }
        }
        return opened;
    }

    private int open(byte[] block, int length, byte[] plain, SecretKeySpec key) {
        try {
            opening.init(Cipher.DECRYPT_MODE, key, nonce(Block.number(block)));
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
    public byte[] id() {
        return Arrays.copyOf(identity, IdentityFile.ID_LENGTH);
    }

    /** As {@link Block#opening} of the blocks that this seals. */
    long opening() {
        return Bytes.longBe(sealSalt, 0);
    }

    /** An HMAC-SHA256 under the rack's key that seals over a purpose, the identity and some bytes. */
    byte[] proof(String purpose, byte[] bytes, int length) {
        return proof(macs[0], purpose, bytes, length);
    }

    /** Whether that is such an HMAC under one of the rack's keys. */
    boolean proves(String purpose, byte[] bytes, int length, byte[] proof) {
        for (Mac mac : macs) {
            if (MessageDigest.isEqual(proof, proof(mac, purpose, bytes, length))) {
                return true;
            }
        }
        return false;
    }

    private byte[] proof(Mac mac, String purpose, byte[] bytes, int length) {
        mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        mac.update(identity);
        mac.update((byte) 0);
        mac.update(bytes, 0, length);
        return mac.doFinal();
    }

    private SecretKeySpec blockKey(Mac mac, byte[] salt) {
        byte[] derived = proof(mac, "fluxrig journal block key", salt, salt.length);
        SecretKeySpec key = new SecretKeySpec(derived, "AES");
        Bytes.wipe(derived);
        return key;
    }

    private GCMParameterSpec nonce(long counter) {
        Bytes.putLongBe(nonce, NONCE_COUNTER_OFFSET, counter);
        return new GCMParameterSpec(8 * Block.TAG_LENGTH, nonce);
    }
}
