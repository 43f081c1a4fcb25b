package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds segments that do not begin as one does. The queue opens none of a folder where one of them is its newest or its oldest, and can read
 * nothing of it.
 *
 * <pre>
 *   0   4   header of the file's first document, little-endian: 30 bits of length, bit 30 set for one that tells what the file is,
 *           bit 31 set until it is complete
 * </pre>
 *
 * <p>Static; while nobody uses the folder.
 */
final class BrokenSegments {
    /** Added to the name of one that is left out. */
    private static final String LEFT_OUT = ".damaged";

    private static final Logger LOG = LoggerFactory.getLogger(BrokenSegments.class);
    private static final int LENGTH_MASK = (1 << 30) - 1;
    private static final int LENGTH_MAX = 1 << 16;
    private static final int INCOMPLETE = 1 << 31;
    private static final int TELLS_WHAT = 1 << 30;

    private BrokenSegments() {}

    /**
     * Leaves them out, if damage is to be skipped: each keeps its content under another name.
     *
     * @throws IOException for one, unless it is to be skipped; the text is for the operator
     */
    static void leaveOut(Path folder, DamagePolicy onDamage) throws IOException {
        List<Path> segments = SegmentNames.segments(folder);
        for (Path segment : segments) {
            if (!isBroken(segment)) {
                continue;
            }
            String text = "segment " + segment + " is damaged: it does not begin as a segment does";
            if (onDamage == DamagePolicy.REFUSE) {
                throw new IOException(text
                        + ". Put the folder back from a copy, or start with store.on_damage = \"skip\": it is then left out, and the"
                        + " rest is delivered");
            }
            Path leftOut = free(segment);
            Files.move(segment, leftOut, StandardCopyOption.ATOMIC_MOVE);
            LOG.error(
                    "{}; skipped, as store.on_damage says: it is {} now, remove that once you need it no more",
                    text,
                    leftOut);
        }
    }

    /** The name of one that is left out, of which another may have been: its number is used again. */
    private static Path free(Path segment) {
        String name = segment.getFileName() + LEFT_OUT;
        Path leftOut = segment.resolveSibling(name);
        for (int another = 2; Files.exists(leftOut, LinkOption.NOFOLLOW_LINKS); another++) {
            leftOut = segment.resolveSibling(name + "." + another);
        }
        return leftOut;
    }

    /** One that was not begun, or not to its end, is for others. */
    private static boolean isBroken(Path segment) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
            if (file.read(bytes, 0) < Integer.BYTES) {
                return false;
            }
        }
        int header = bytes.getInt(0);
        if (header == 0 || (header & INCOMPLETE) != 0) {
            return false;
        }
        return (header & TELLS_WHAT) == 0 || (header & LENGTH_MASK) > LENGTH_MAX;
    }
}
