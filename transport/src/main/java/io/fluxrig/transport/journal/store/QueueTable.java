package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which a queue notes which segments it has, and who writes: it can be made again from them. It is mapped and written as it
 * is made, so its blocks are taken first.
 *
 * <pre>
 *   0   4   header of the file's first document: 0 before it is begun, bit 31 set until it is complete
 * </pre>
 *
 * <p>For one thread; whoever uses it has the folder's lock.
 */
final class QueueTable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueTable.class);
    private static final int BYTES = 1 << 17;
    private static final int INCOMPLETE = 1 << 31;

    private final Path file;

    private QueueTable(Path file) {
        this.file = file;
    }

    /**
     * Has a folder's table own its blocks, and be made anew where a kill or a power cut left it half made: the queue would wait for it to be
     * completed.
     *
     * @throws IOException if there is no room for it
     */
    static QueueTable prepare(Path folder) throws IOException {
        Path file = folder.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE);
        try {
            boolean half = Files.exists(file) && isHalfMade(file);
            DiskSpace.own(file, BYTES);
            if (half) {
                DiskSpace.zero(file);
                LOG.info("{} was not made to its end when its rack ended; it is made anew", file);
            }
            return new QueueTable(file);
        } catch (IOException refused) {
            throw new IOException(file + " cannot be written: " + refused.getMessage(), refused);
        }
    }

    private static boolean isHalfMade(Path file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel table = FileChannel.open(file, StandardOpenOption.READ)) {
            if (table.read(header, 0) < Integer.BYTES) {
                return false;
            }
        }
        return header.getInt(0) == 0 || (header.getInt(0) & INCOMPLETE) != 0;
    }

    /**
     * Something that the queue does with its table alone.
     *
     * @throws IOException if it cannot use it, a {@link NoFileException} where it cannot be opened at present
     */
    <T> T used(Supplier<T> use) throws IOException {
        try {
            return use.get();
        } catch (RuntimeException | InternalError unusable) { // the error is a page that the disk did not give
            if (NoFileException.isBehind(unusable)) {
                throw new NoFileException(unusable);
            }
            throw new IOException(file + " cannot be used; move it away, it is made again from the segments", unusable);
        }
    }

    /** Has it, as large as the queue made it, own its blocks and outlive a power cut. */
    void sync() throws IOException {
        DiskSpace.own(file, Files.size(file));
        DiskSpace.sync(file);
    }
}
