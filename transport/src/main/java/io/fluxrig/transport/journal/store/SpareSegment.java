package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The segment file that lies ready for when the one in use is full. It has that name only once it is whole: what a kill leaves of one that
 * was being made is none. The journal's thread only.
 */
final class SpareSegment {
    private final Path folder;
    private final Path file;
    private final Path draft;
    private final long bytes;
    private final long freeBytesMin;
    private String trouble = "";
    private String reserved = "";

    /** @param freeBytesMin to be left to others on the disk */
    SpareSegment(Path folder, long bytes, long freeBytesMin) {
        this.freeBytesMin = freeBytesMin;
        this.folder = folder;
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

    /** Whether it lies ready; makes it if there is room. */
    boolean ready() {
        trouble = "";
        reserved = "";
        if (exists()) {
            return true;
        }
        try {
            requireFiles();
            long freeBytes = Files.getFileStore(folder).getUsableSpace();
            if (freeBytes - bytes < freeBytesMin) {
                reserved = freeBytes < bytes ? "" : reserved(freeBytes);
                return false;
            }
            make();
            return true;
        } catch (IOException refused) {
            trouble = refused.toString();
            return false;
        }
    }

    /** Says so where too many are open: the store of a folder is looked up in a file, and is then said to have no mount point. */
    private void requireFiles() throws IOException {
        try (FileChannel one = FileChannel.open(folder, StandardOpenOption.READ)) {
            FileChannel.open(folder, StandardOpenOption.READ).close();
            one.force(false);
        }
    }

    private String reserved(long freeBytes) {
        return "free on the disk of " + folder + ": " + mebibytes(freeBytes) + "; to be left to others: "
                + mebibytes(freeBytesMin) + "; for a segment: " + mebibytes(bytes);
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** Why it could not be made, where the system said so itself; empty where it has too little space, and where it was made. */
    String trouble() {
        return trouble;
    }

    /** How much is free, where that would do for it and is to be left to others; else empty. */
    String reserved() {
        return reserved;
    }

    private void make() throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        DiskSpace.create(draft, bytes);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * It becomes a segment. Files are opened first: where that fails, or the disk refuses the name, it is the spare still.
     *
     * @return the segment, open for writing; the caller closes it
     * @throws IOException if it could not be
     */
    FileChannel become(Path segment) throws IOException {
        FileChannel opened = FileChannel.open(file, StandardOpenOption.WRITE);
        boolean become = false;
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            Files.move(file, segment, StandardCopyOption.ATOMIC_MOVE);
            names.force(true);
            become = true;
            return opened;
        } finally {
            if (!become) {
                opened.close();
            }
        }
    }
}
