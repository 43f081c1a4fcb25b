package io.fluxrig.iso.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes that a spec was loaded from.
 *
 * @param file where they were read, null if they were given
 * @param absolute whether a spec that is merged over it names it so: elsewhere it is another file
 * @param sha256 of the bytes, in hex
 */
public record SpecSource(Path file, boolean absolute, String sha256) {

    static SpecSource of(Path file, byte[] bytes) {
        return of(file, false, bytes);
    }

    static SpecSource of(Path file, boolean absolute, byte[] bytes) {
        return new SpecSource(file, absolute, HexFormat.of().formatHex(digest().digest(bytes)));
    }

    /** Reads a file as specs are read: not much further than what is refused for its length. */
    static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(SourceReader.BYTES_MAX + 1);
        }
    }

    /** Whether the file has those bytes now; what cannot be read has not, nor have bytes that were given. */
    boolean isCurrent() {
        try {
            return file != null && equals(of(file, absolute, read(file)));
        } catch (IOException unreadable) {
            return false;
        }
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
