package io.fluxrig.transport.bus;

/**
 * Whose login a connection to NATS uses: a public Ed25519 key that the server knows, and the private one that signs what the server
 * asks. The key must sign nothing else, for a server may ask for a signature of anything. Any thread.
 */
public interface BusLogin {
    /** Bytes of an Ed25519 public key. */
    int KEY_LENGTH = 32;

    /** The public key, {@value #KEY_LENGTH} bytes. */
    byte[] publicKey();

    /** The signature of what the server sent, 64 bytes. */
    byte[] sign(byte[] nonce);

    /** Whether a server that asks nobody for a login is somebody else's, and not used. */
    default boolean mandatory() {
        return false;
    }

    /** What TLS with the server is made with; null for none. */
    default TlsFiles tls() {
        return null;
    }

    /** What a server's configuration calls the key: {@code nkey: U...}, 56 letters and digits. */
    static String nkey(byte[] publicKey) {
        return Nkey.ofUser(publicKey);
    }
}
