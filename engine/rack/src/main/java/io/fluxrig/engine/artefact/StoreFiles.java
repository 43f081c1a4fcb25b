package io.fluxrig.engine.artefact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * The files of a store. What is written stands whole at its place or not at all, whenever the process or the machine ends:
 *
 * <pre>
 *   lock           held while something is written
 *   incoming.tmp   what is being written; of a writer that was killed, until the next one
 *   index.json     names and tags
 *   blobs/ab/cd... bytes, by their SHA-256: its first two digits, then the others
 * </pre>
 */
final class StoreFiles {
    private static final String INCOMING = "incoming.tmp";

    private static final Pattern BLOB = Pattern.compile(
            "(blobs/[0-9a-f]{2}/[0-9a-f]{" + (Reference.SHOWN - 2) + "})[0-9a-f]{" + (64 - Reference.SHOWN) + "}");

    private final Path folder;

    StoreFiles(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path index() {
        return folder.resolve("index.json");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    Path blob(String hash) {
        return folder.resolve("blobs").resolve(hash.substring(0, 2)).resolve(hash.substring(2));
    }

    /** The text with the hashes of blobs in it cut, as a shell takes them: {@code blobs/ab/cdef0123*}. */
    static String shown(String text) {
        return BLOB.matcher(text).replaceAll("$1*");
    }

    /** At most {@code max + 1} bytes of a file, so that one that is too long is noticed and not read. */
    static byte[] read(Path file, int max) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(max + 1);
        }
    }

    /** Puts a file in its place, in place of what was there; to be called by the holder of the lock. */
    void write(Path file, byte[] content) throws IOException {
        Path made = file.resolveSibling("");
        if (!Files.isDirectory(made)) {
            Files.createDirectories(made);
            persist(made.resolveSibling(""));
            persist(folder);
        }
        Path incoming = folder.resolve(INCOMING);
        try (FileChannel channel = FileChannel.open(
                incoming, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        persist(made);
    }

    /** Makes what a folder lists survive a power cut. */
    private static void persist(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
