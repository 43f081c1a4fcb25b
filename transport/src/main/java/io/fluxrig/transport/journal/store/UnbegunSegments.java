package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away segments that were given their name and not begun: a kill between the two leaves a file of zeros, which the queue
 * waits in front of, and never reads what was written behind it.
 *
 * <pre>
 *   0    4   header of the file's first document: 0 before it is begun, bit 31 set until it is complete
 *   4  ...   that document, which tells the queue what the file is
 *   64 KiB   zeros, if nothing was ever appended
 * </pre>
 *
 * <p>A file that has anything behind is left for the checks that tell damage. Static; while nobody uses the folder.
 */
final class UnbegunSegments {
    private static final Logger LOG = LoggerFactory.getLogger(UnbegunSegments.class);
    private static final int INCOMPLETE = 1 << 31;
    private static final int BEGINNING_BYTES = 1 << 16;
    private static final int CHUNK_BYTES = 1 << 16;

    private UnbegunSegments() {}

    static void discard(Path folder, String suffix) throws IOException {
        List<Path> segments;
        try (Stream<Path> files = Files.list(folder)) {
            segments = files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
        for (Path segment : segments) {
            if (isUnbegun(segment)) {
                Files.delete(segment);
                LOG.info("segment {} was named and not begun when its rack ended; it is taken away", segment);
            }
        }
    }

    private static boolean isUnbegun(Path segment) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
            if (file.read(chunk, 0) < Integer.BYTES) {
                return true;
            }
            int header = chunk.getInt(0);
            if (header != 0 && (header & INCOMPLETE) == 0) {
                return false;
            }
            for (long at = BEGINNING_BYTES; at < file.size(); at += CHUNK_BYTES) {
                chunk.clear();
                file.read(chunk, at);
                if (!isZero(chunk.flip())) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean isZero(ByteBuffer bytes) {
        while (bytes.remaining() >= Long.BYTES) {
            if (bytes.getLong() != 0) {
                return false;
            }
        }
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                return false;
            }
        }
        return true;
    }
}
