package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Segments that have ended and are not on the disk yet. A few stay open until they are, so that what others wait for needs no file to be
 * opened; with {@code sync: os} nobody waits, and there may be many. The journal's thread only.
 */
final class EndedSegments {
    private static final int OPEN_MAX = 4;

    private final IntFunction<Path> files;
    /** Null for one that is not open. */
    private final Map<Integer, FileChannel> unsynced = new TreeMap<>();

    /** @param files where a segment lies */
    EndedSegments(IntFunction<Path> files) {
        this.files = files;
    }

    /** Takes over a segment that is written no more. */
    void add(int segment, FileChannel ended) throws IOException {
        boolean stays = unsynced.size() < OPEN_MAX;
        unsynced.put(segment, stays ? ended : null);
        if (!stays) {
            ended.close();
        }
    }

    void sync() throws IOException {
        for (Map.Entry<Integer, FileChannel> segment : unsynced.entrySet()) {
            if (segment.getValue() == null) {
                DiskSpace.sync(files.apply(segment.getKey()));
            } else {
                segment.getValue().force(false);
            }
        }
        close();
        unsynced.clear();
    }

    /** It was deleted: an open one would keep its space. */
    void forget(int segment) throws IOException {
        FileChannel open = unsynced.remove(segment);
        if (open != null) {
            open.close();
        }
    }

    Set<Integer> numbers() {
        return Set.copyOf(unsynced.keySet());
    }

    void close() throws IOException {
        for (FileChannel open : unsynced.values()) {
            if (open != null) {
                open.close();
            }
        }
    }
}
