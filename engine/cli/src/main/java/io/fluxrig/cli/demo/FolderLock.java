package io.fluxrig.cli.demo;

import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second demo from writing its logs and data over those of one that runs. Ends with its process, however that ends. */
final class FolderLock implements AutoCloseable {
    private static final String FILE = "demo.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the folder if it is not there, and takes it. */
    static FolderLock take(Path folder) throws DemoException {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new FolderLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new DemoException(
                    "cannot write to " + folder + ": " + FileReason.of(e) + "; choose another --dir", e);
        }
        throw new DemoException("another demo writes to " + folder + "; end it, or choose another --dir");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
