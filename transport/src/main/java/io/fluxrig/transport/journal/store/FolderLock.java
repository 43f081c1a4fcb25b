package io.fluxrig.transport.journal.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a journal's folder to one open journal at a time, of all processes, until it is closed.
 *
 * <p>The system lets go of a process's lock on a file as soon as that closes any descriptor of it, whichever took the lock: so a folder that
 * this process has is refused before the file is opened. Any thread.
 */
public final class FolderLock implements Closeable {
    /** Folders that this process has, by their real paths. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path held;
    private final FileChannel channel;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private FolderLock(Path held, FileChannel channel) {
        this.held = held;
        this.channel = channel;
    }

    /**
     * Takes a journal's folder, made if absent, for this process.
     *
     * @throws JournalException if somebody has it; the text is for the operator
     */
    public static FolderLock take(Path folder) throws IOException, JournalException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path real = folder.toRealPath();
        if (!HELD.add(real)) {
            throw inUseHere(folder);
        }
        FolderLock taken = null;
        try {
            taken = lock(folder, real);
            return taken;
        } finally {
            if (taken == null) {
                HELD.remove(real);
            }
        }
    }

    private static FolderLock lock(Path folder, Path real) throws IOException, JournalException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException here) { // by another name of the same file
            throw inUseHere(folder);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new JournalException("journal " + folder + " is in use by another rack; stop it, or give this rack a "
                    + "base.data_dir of its own");
        }
        return new FolderLock(real, channel);
    }

    private static JournalException inUseHere(Path folder) {
        return new JournalException("journal " + folder
                + " is in use by this very process, which may not be done with it yet; restart the rack if that stays");
    }

    @Override
    public void close() throws IOException {
        if (!open.getAndSet(false)) {
            return; // somebody else may have the folder by now
        }
        try {
            channel.close();
        } finally {
            HELD.remove(held);
        }
    }
}
