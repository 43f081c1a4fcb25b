package io.fluxrig.engine.rack.node;

import io.fluxrig.engine.passport.OwnFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code base.data_dir}, held by one process: what a rack or a mixer writes there (its log, for one) no second one may write. Held through a
 * lock of the operating system on {@code rack.lock}, so that a rack that was killed holds nothing; the file itself stays, and
 * says whose process it was. Any thread.
 */
final class DataFolder implements AutoCloseable {
    static final String LOCK_FILE = "rack.lock";

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final int PID_LENGTH_MAX = 20;

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder if need be and holds it until {@link #close}. Drafts of key files that a process left when it was killed are removed.
     *
     * @throws FolderHeldException if another process holds it, with what to do
     * @throws IOException if it cannot be written
     */
    static DataFolder hold(Path folder) throws IOException, FolderHeldException {
        Path file = folder.resolve(LOCK_FILE);
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            held = lock(channel);
            if (!held) {
                throw new FolderHeldException("base.data_dir: another fluxrig process" + holder(channel) + " writes to "
                        + folder.toAbsolutePath()
                        + "; stop it, or give this one a folder of its own (--set base.data_dir=FOLDER)");
            }
        } finally {
            if (!held) {
                channel.close();
            }
        }
        note(channel);
        OwnFile.removeDrafts(folder);
        return new DataFolder(channel);
    }

    /** Lets go of the folder; what cannot be closed is let go of by the end of the process. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unclosed) {
            LOG.debug("{} was not closed: {}", LOCK_FILE, unclosed.getMessage());
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    /** Says whose it is: over what stands there, which needs no space; left out where the file is new and the disk is full. */
    private static void note(FileChannel channel) {
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        try {
            channel.write(ByteBuffer.wrap(pid), 0);
            channel.truncate(pid.length);
        } catch (IOException full) {
            LOG.debug("{} does not say whose it is: {}", LOCK_FILE, full.getMessage());
        }
    }

    /** {@code " (pid 4711)"}, empty if the file does not say. */
    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PID_LENGTH_MAX);
        channel.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).trim();
        return pid.matches("[0-9]+") ? " (pid " + pid + ")" : "";
    }
}
