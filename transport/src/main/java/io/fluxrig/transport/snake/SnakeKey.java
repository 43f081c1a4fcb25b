package io.fluxrig.transport.snake;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that the racks of a snake share: makes the keys of messages and proves who wrote a confirmation. One thread. */
final class SnakeKey {
    private static final String HMAC = "HmacSHA256";

    private final Mac mac;
    private final byte[] mark;

    /** @param key copied */
    SnakeKey(byte[] key) {
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HMAC-SHA256", e);
        }
        mark = Arrays.copyOf(proof("fluxrig snake key mark", new byte[0], 0), Envelope.MARK_LENGTH);
    }

    /** A few bytes that are the same for the same key and say nothing about it. */
    byte[] mark() {
        return mark;
    }

    /** The AES-256 key of the messages of one run. */
    SecretKeySpec messageKey(byte[] salt) {
        byte[] derived = proof("fluxrig snake message key", salt, salt.length);
        SecretKeySpec key = new SecretKeySpec(derived, "AES");
        Bytes.wipe(derived);
        return key;
    }

    /** An HMAC-SHA256 over a purpose and some bytes. */
    byte[] proof(String purpose, byte[] bytes, int length) {
        mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        mac.update(bytes, 0, length);
        return mac.doFinal();
    }
}
