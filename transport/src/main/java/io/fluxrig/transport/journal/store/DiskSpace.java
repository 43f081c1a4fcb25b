package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes disk space before it is needed. A file that is written through memory must own its blocks: a store to a hole on a full
 * disk is a SIGBUS, which the JVM turns into an error at best. Asks {@code fallocate}; where the file system has none, or the
 * library that asks cannot be loaded, writes zeros. Any thread.
 */
public final class DiskSpace {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);
    private static final int CHUNK = 1 << 18;

    /** Whether the log has why the system cannot be asked: that stays as it is while the process lives. */
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private DiskSpace() {}

    /**
     * Makes a new file of zeros that owns all its blocks.
     *
     * @throws IOException if there is no room, and nothing is left behind; or if the file exists, which is left alone
     */
    static void create(Path file, long length) throws IOException {
        FileChannel made = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (made) {
            if (!allocate(file, length)) {
                fill(made, length);
            }
            made.force(true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Gives the holes of an existing file their blocks; false if the file system or this process cannot, or has no room. */
    static boolean allocate(Path file, long length) {
        return allocate(PosixAPI::posix, TOLD, file, length);
    }

    /** @param told set where the log gets why the system cannot be asked */
    static boolean allocate(Supplier<PosixAPI> api, AtomicBoolean told, Path file, long length) {
        PosixAPI posix = there(api, told);
        if (posix == null) {
            return false;
        }
        try {
            int descriptor = posix.open(file.toString(), OpenFlag.O_RDWR, 0);
            return descriptor >= 0 && allocate(posix, descriptor, length);
        } catch (RuntimeException | LinkageError refused) {
            LOG.debug("the system gives {} no disk space", file, refused);
            return false;
        }
    }

    /** What asks the system; null, which the log says once, where it cannot be loaded. */
    private static PosixAPI there(Supplier<PosixAPI> api, AtomicBoolean told) {
        try {
            PosixAPI posix = api.get();
            posix.getpid(); // what stands for a library that is missing throws
            return posix;
        } catch (RuntimeException | LinkageError missing) {
            if (!told.getAndSet(true)) {
                LOG.warn(
                        "files take their disk space by writing zeros, which is slower: a native library cannot be loaded ({});"
                                + " give it a java.io.tmpdir that is writable and not noexec",
                        firstLine(missing));
            }
            return null;
        }
    }

    private static boolean allocate(PosixAPI posix, int descriptor, long length) {
        try {
            return posix.fallocate(descriptor, 0, 0, length) == 0;
        } catch (RuntimeException notHere) {
            return false;
        } finally {
            posix.close(descriptor);
        }
    }

    private static String firstLine(Throwable missing) {
        return String.valueOf(missing.getMessage()).lines().findFirst().orElse("");
    }

    /**
     * Makes a small file, or one that is there, own the blocks of so many bytes at least; what it holds stays as it is.
     *
     * @throws IOException if there is no room; a file that was there keeps what it held
     */
    static void own(Path file, long lengthMin) throws IOException {
        if (!Files.exists(file)) {
            create(file, lengthMin);
            return;
        }
        long length = Math.max(lengthMin, Files.size(file));
        if (!allocate(file, length)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(length)).put(Files.readAllBytes(file));
            writeOver(file, content.rewind());
        }
    }

    /** Gives holes their blocks where the file system has no other way, and says where there are none. */
    private static void writeOver(Path file, ByteBuffer content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
                channel.write(content, content.position());
            }
        }
    }

    /** Overwrites all of a small file with zeros; its blocks stay its own. */
    static void zero(Path file) throws IOException {
        writeOver(file, ByteBuffer.allocate(Math.toIntExact(Files.size(file))));
    }

    /** Makes a file's content outlive a power cut. */
    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes names that were added to or removed from a folder outlive a power cut. */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void fill(FileChannel channel, long length) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
        for (long at = 0; at < length; ) {
            zeros.clear().limit((int) Math.min(CHUNK, length - at));
            at += channel.write(zeros, at);
        }
    }
}
