package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The segment file that lies ready for when the one in use is full. It has that name only once it is whole: what a kill leaves of one that
 * was being made is none. The journal's thread only.
 */
final class SpareSegment {
    private final Path file;
    private final Path draft;
    private final long bytes;

    SpareSegment(Path folder, long bytes) {
        this.file = folder.resolve("spare");
        this.draft = folder.resolve("spare.new");
        this.bytes = bytes;
    }

    /**
     * At opening: what cannot be a segment as they are made now would end the journal's thread when it is written into. One whose holes
     * do not get their blocks is made anew when there is room.
     */
    void discardUnusable() throws IOException {
        Files.deleteIfExists(draft);
        boolean there = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (there && (Files.size(file) != bytes || !DiskSpace.allocate(file, bytes))) {
            Files.delete(file);
        }
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Bytes on the disk. */
    long bytes() {
        return exists() ? bytes : 0;
    }

    /**
     * Makes it.
     *
     * @throws IOException if there is no room, and nothing is left behind
     */
    void make() throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        DiskSpace.create(draft, bytes);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** It becomes a segment. */
    void become(Path segment) throws IOException {
        Files.move(file, segment, StandardCopyOption.ATOMIC_MOVE);
    }
}
