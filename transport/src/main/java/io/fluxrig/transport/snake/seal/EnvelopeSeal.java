package io.fluxrig.transport.snake.seal;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals messages of one wire with AES-256-GCM and opens them again. The subject is part of every seal, so that a message cannot
 * be moved to another wire. No nonce ever meets the same key twice: each run draws a random salt of its own, the key of its
 * messages is HMAC-SHA256 of the shared key over the salt, the nonce counts the run's messages. Where the shared key changes, another
 * salt is drawn, and what was made of a key that is gone opens nothing more.
 *
 * <p>One thread.
 */
public final class EnvelopeSeal {
    /** {@link #open}: no envelope, or its seal is broken. */
    public static final int BROKEN = -1;
    /** {@link #open}: sealed with another key. */
    public static final int OTHER_KEY = -2;

    /** Runs whose keys are kept ready. */
    private static final int RUNS_MAX = 64;

    private static final int NONCE_LENGTH = 12;
    private static final int NONCE_COUNTER_OFFSET = 4;

    private final SnakeKey key;
    private final byte[] subject;
    private final byte[] salt = new byte[Envelope.SALT_LENGTH];
    private final SecureRandom random;
    private final Cipher sealing;
    private final Cipher opening;
    private final Map<String, SecretKeySpec> openKeys = new LinkedHashMap<>();
    /** Of which keys {@link #openKeys} were made. */
    private Object openVersion;

    private final byte[] nonce = new byte[NONCE_LENGTH];
    private SecretKeySpec sealKey;
    private byte[] sealMark;
    private long number;

    /** @param subject that messages are sealed for, and opened of */
    public EnvelopeSeal(SnakeKey key, String subject, SecureRandom random) {
        this.key = key;
        this.subject = subject.getBytes(StandardCharsets.US_ASCII);
        this.random = random;
        try {
            sealing = Cipher.getInstance("AES/GCM/NoPadding");
            opening = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no AES-GCM", e);
        }
    }

    /** A whole envelope of its own for a message. */
    public byte[] seal(int flags, byte[] rack, int strip, byte[] origin, long sequence, byte[] message, int length) {
        renewSealKey();
        byte[] envelope = new byte[Envelope.HEADER_LENGTH + rack.length + length + Envelope.TAG_LENGTH];
        int offset = Envelope.putHeader(envelope, sealMark, flags, rack, strip, origin, sequence);
        Envelope.putSeal(envelope, salt, ++number);
        try {
            sealing.init(Cipher.ENCRYPT_MODE, sealKey, nonce(number));
            sealing.updateAAD(subject);
            sealing.updateAAD(envelope, 0, offset);
            sealing.doFinal(message, 0, length, envelope, offset);
            return envelope;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("message " + number + " cannot be sealed", e);
        }
    }

    /**
     * Opens an envelope.
     *
     * @param into receives the message; as long as the envelope at least
     * @return the message's length, {@link #BROKEN} or {@link #OTHER_KEY}
     */
    public int open(byte[] envelope, byte[] into) {
        if (!Envelope.plausible(envelope)) {
            return BROKEN;
        }
        SecretKeySpec openKey = openKey(envelope);
        if (openKey == null) {
            return OTHER_KEY;
        }
        int offset = Envelope.messageOffset(envelope);
        try {
            opening.init(Cipher.DECRYPT_MODE, openKey, nonce(Envelope.number(envelope)));
            opening.updateAAD(subject);
            opening.updateAAD(envelope, 0, offset);
            return opening.doFinal(envelope, offset, envelope.length - offset, into, 0);
        } catch (AEADBadTagException changed) {
            return BROKEN;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("envelope of length=" + envelope.length + " cannot be opened", e);
        }
    }

    /** Mark and key belong together also where the shared keys change in between. */
    private void renewSealKey() {
        for (byte[] mark = key.mark(); mark != sealMark; mark = key.mark()) {
            random.nextBytes(salt);
            SecretKeySpec made = key.messageKey(mark, salt);
            if (made != null) {
                sealKey = made;
                sealMark = mark;
            }
        }
    }

    /** Null for a message under none of the keys. */
    private SecretKeySpec openKey(byte[] envelope) {
        byte[] of = Arrays.copyOfRange(envelope, Envelope.SALT_OFFSET, Envelope.SALT_OFFSET + Envelope.SALT_LENGTH);
        byte[] mark = Arrays.copyOfRange(envelope, Envelope.MARK_OFFSET, Envelope.MARK_OFFSET + Envelope.MARK_LENGTH);
        Object version = key.version();
        if (openKeys.size() >= RUNS_MAX || version != openVersion) {
            openKeys.clear();
            openVersion = version;
        }
        return openKeys.computeIfAbsent(Origin.hex(mark) + Origin.hex(of), unknown -> key.messageKey(mark, of));
    }

    private GCMParameterSpec nonce(long counter) {
        Bytes.putLongBe(nonce, NONCE_COUNTER_OFFSET, counter);
        return new GCMParameterSpec(8 * Envelope.TAG_LENGTH, nonce);
    }
}
