package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps a journal's folder to one open journal at a time, of all processes. */
public final class FolderLock {
    private FolderLock() {}

    /**
     * Takes a journal's folder, made if absent, for this process, until what is returned is closed.
     *
     * @throws JournalException if somebody has it; the text is for the operator
     */
    public static FileChannel take(Path folder) throws IOException, JournalException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException here) {
            throw new JournalException(
                    "journal " + folder
                            + " is in use by this very process, which may not be done with it yet; restart the rack if that stays");
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new JournalException("journal " + folder + " is in use by another rack; stop it, or give this rack a "
                    + "base.data_dir of its own");
        }
        return channel;
    }
}
