package io.fluxrig.engine.passport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Bytes that somebody signed, for one purpose:
 *
 * <pre>
 *   { "body": bytes, "key": the signer's public key, "signature": of "fluxrig/1 " purpose 00 body }
 * </pre>
 *
 * <p>The purpose is not in the map: bytes signed for one thing prove nothing for another. Who signed is only known where the key
 * is. Immutable by convention.
 */
public record Signed(byte[] body, byte[] key, byte[] signature) {
    private static final String CONTEXT = "fluxrig/1 ";
    private static final int OVERHEAD_MAX = 512;

    public Signed {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(signature, "signature");
    }

    /** Signs a record. */
    public static Signed of(NodeKey key, String purpose, Object record) {
        byte[] body = Cbor.write(record);
        return new Signed(body, key.publicKey(), key.sign(message(purpose, body)));
    }

    /**
     * What somebody signed, from bytes; nothing is verified yet.
     *
     * @param bodyMax length of the body at most
     * @throws IOException if it is none
     */
    public static Signed read(byte[] bytes, int bodyMax) throws IOException {
        return Cbor.read(bytes, Signed.class, bodyMax + OVERHEAD_MAX);
    }

    /** As bytes. */
    public byte[] write() {
        return Cbor.write(this);
    }

    /** Whether the holder of {@link #key} signed the body for that purpose. */
    public boolean isFor(String purpose) {
        return PublicKeys.verify(key, message(purpose, body), signature);
    }

    /**
     * The body.
     *
     * @throws IOException if it is no such record
     */
    public <T> T body(Class<T> type) throws IOException {
        return Cbor.read(body, type, body.length);
    }

    private static byte[] message(String purpose, byte[] body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream(body.length + 64);
        message.writeBytes((CONTEXT + purpose).getBytes(StandardCharsets.UTF_8));
        message.write(0);
        message.writeBytes(body);
        return message.toByteArray();
    }
}
