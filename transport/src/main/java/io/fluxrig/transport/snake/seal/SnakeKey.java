package io.fluxrig.transport.snake.seal;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that the racks of a snake share, for one thread: makes the keys of messages and proves who wrote a confirmation. One of them seals
 * and proves, each opens what it has sealed. They may change between any two calls, as {@link WireKeys} says.
 */
public final class SnakeKey {
    private static final String HMAC = "HmacSHA256";

    private final WireKeys shared;
    private List<byte[]> seen;
    private One[] keys;

    /** One key and its mark. */
    private record One(Mac mac, byte[] mark) {}

    /** @param key the only one */
    SnakeKey(byte[] key) {
        this(WireKeys.of(key));
    }

    /** @param shared asked again and again, since keys change while racks run */
    public SnakeKey(WireKeys shared) {
        this.shared = shared;
    }

    /** A few bytes that are the same for the same key and say nothing about it; another array where another key seals now. */
    byte[] mark() {
        return now()[0].mark();
    }

    /** The same object until the keys change, then another one. */
    Object version() {
        return now();
    }

    /** The AES-256 key of a run's messages under the key with that mark; null if there is none. */
    SecretKeySpec messageKey(byte[] mark, byte[] salt) {
        for (One key : now()) {
            if (Arrays.equals(key.mark(), mark)) {
                return messageKey(key, salt);
            }
        }
        return null;
    }

    /** An HMAC-SHA256 over a purpose and some bytes. */
    public byte[] proof(String purpose, byte[] bytes, int length) {
        return proof(now()[0].mac(), purpose, bytes, length);
    }

    /** Whether that is such an HMAC under one of the keys. */
    public boolean proves(String purpose, byte[] bytes, int length, byte[] proof) {
        for (One key : now()) {
            if (MessageDigest.isEqual(proof, proof(key.mac(), purpose, bytes, length))) {
                return true;
            }
        }
        return false;
    }

    /** What an operator does where another rack has other keys. */
    public String advice() {
        return shared.advice();
    }

    private One[] now() {
        List<byte[]> current = shared.now();
        if (current != seen) {
            keys = current.stream().map(SnakeKey::one).toArray(One[]::new);
            seen = current;
        }
        return keys;
    }

    private static One one(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            byte[] mark = proof(mac, "fluxrig snake key mark", new byte[0], 0);
            return new One(mac, Arrays.copyOf(mark, Envelope.MARK_LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HMAC-SHA256", e);
        }
    }

    private static SecretKeySpec messageKey(One key, byte[] salt) {
        byte[] derived = proof(key.mac(), "fluxrig snake message key", salt, salt.length);
        SecretKeySpec made = new SecretKeySpec(derived, "AES");
        Bytes.wipe(derived);
        return made;
    }

    private static byte[] proof(Mac mac, String purpose, byte[] bytes, int length) {
        mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        mac.update(bytes, 0, length);
        return mac.doFinal();
    }
}
