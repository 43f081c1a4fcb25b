package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/** What segment files are called: {@code 20261128-0409.cq4}, by the minute that is a segment's number. Immutable. */
final class SegmentNames {
    static final String SUFFIX = SingleChronicleQueue.SUFFIX;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final long unitMs;

    /** @param unitMs between two numbers */
    SegmentNames(Path folder, long unitMs) {
        this.folder = folder;
        this.unitMs = unitMs;
    }

    Path file(int segment) {
        return folder.resolve(NAME.format(Instant.ofEpochMilli(segment * unitMs)) + SUFFIX);
    }

    /** The segments that there are, each with its bytes. */
    Map<Integer, Long> list() throws IOException {
        Map<Integer, Long> sizes = new TreeMap<>();
        for (Path file : segments(folder)) {
            String name = file.getFileName().toString();
            Instant begun = Instant.from(NAME.parse(name.substring(0, name.length() - SUFFIX.length())));
            sizes.put((int) (begun.toEpochMilli() / unitMs), Files.size(file));
        }
        return sizes;
    }

    /** The file of the newest segment that there is; the folder where there is none. */
    Path newest() throws IOException {
        return segments(folder).stream().max(Comparator.naturalOrder()).orElse(folder);
    }

    /** The segment files in a folder, in no order. */
    static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(SUFFIX)).toList();
        }
    }
}
