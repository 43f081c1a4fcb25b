package io.fluxrig.engine.fault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** Says why a file could not be had, in words and with what to do; Java's own messages are often the bare path. */
public final class FileReason {

    private FileReason() {}

    /** {@code permission denied: /var/lib/x}. */
    public static String of(IOException failure) {
        String file = failure instanceof FileSystemException of && of.getFile() != null ? ": " + of.getFile() : "";
        if (failure instanceof AccessDeniedException) {
            return "permission denied" + file;
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return "a file is in the way where a folder should be" + file;
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder" + file;
        }
        return failure instanceof FileSystemException of && of.getReason() != null
                ? of.getReason().toLowerCase(Locale.ROOT) + file
                : String.valueOf(failure.getMessage());
    }

    /**
     * Whether it will be so at the next try, too, until somebody changes a path or a right: no access, nothing there, a folder or a file in the way.
     * A disk that is full, broken, away or read-only, locks and descriptors that have run out are none of these.
     */
    public static boolean lasts(IOException failure) {
        if (failure instanceof AccessDeniedException
                || failure instanceof FileAlreadyExistsException
                || failure instanceof NoSuchFileException
                || failure instanceof NotDirectoryException) {
            return true;
        }
        String file = failure instanceof FileSystemException of ? of.getFile() : null;
        return file != null && (Files.isDirectory(Path.of(file)) || behindAFile(Path.of(file)));
    }

    private static boolean behindAFile(Path file) {
        for (Path above = file.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return !Files.isDirectory(above);
            }
        }
        return false;
    }

    /** Why no file can be called that, in words; null if one can. */
    public static String noPath(String text) {
        try {
            Objects.requireNonNull(Path.of(text));
            return null;
        } catch (InvalidPathException refused) {
            return refused.getReason().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Why no file could be written in a folder that is to be made if it is not there; null if one could, or if what is in the way may have
     * gone at the next try ({@link #lasts}). Looks at the deepest folder above it that there is, and makes nothing.
     */
    public static String unwritable(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        for (Path above = there.getParent(); above != null && !Files.exists(there); above = above.getParent()) {
            there = above;
        }
        try {
            there.getFileSystem().provider().checkAccess(there, AccessMode.WRITE, AccessMode.EXECUTE);
            return Files.isDirectory(there) ? null : of(new NotDirectoryException(there.toString()));
        } catch (IOException failure) {
            if (!lasts(failure)) {
                return null; // whoever opens it there says what it was
            }
            return Files.isDirectory(there) ? of(failure) : of(new NotDirectoryException(there.toString()));
        }
    }

    /** {@code "; the disk is full: ..."} where that kept a file in a folder from being written; else nothing. */
    public static String spaceFix(IOException failure, Path folder) {
        return String.valueOf(failure.getMessage()).contains("No space left on device")
                ? "; the disk is full: df -h " + folder + " and free space there"
                : "";
    }

    /** What to do about a file that cannot be read. */
    public static String readFix(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "make it readable for the user of this process (chmod u+r, and u+x on its folders)";
        }
        return failure instanceof NoSuchFileException ? "check the path" : "check the file";
    }

    /** {@code " (permission denied: x.pem)"} of a file that is there and cannot be read, nothing of one that is not there. */
    public static String unreadableNote(Path file) {
        return Files.exists(file) ? " (" + unreadable(file) + ")" : "";
    }

    /** Where to look for a file that a scenario names and that cannot be read. */
    public static String unreadableFix(Path file) {
        return Files.exists(file)
                ? "make it readable for the user of this process (chmod u+r, and u+x on its folders)"
                : "paths are relative to the scenario's folder";
    }

    /** Why a file that should be read cannot be, in words; null if it can. */
    public static String unreadable(Path file) {
        try {
            file.getFileSystem().provider().checkAccess(file, AccessMode.READ);
            return Files.isDirectory(file) ? file + " is a folder" : null;
        } catch (IOException failure) {
            return of(failure);
        }
    }
}
