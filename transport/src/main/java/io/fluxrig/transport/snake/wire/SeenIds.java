package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.snake.seal.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The ids that a receiver has seen last, at most {@link #IDS_MAX}, kept in a file so that they outlive the process. A message can
 * only come again while its sender has it in hand, and a sender has 4,096 at most, so that this is enough for many senders.
 *
 * <pre>
 *   0   8   ids written since the file was made; the next goes to place n modulo {@link #IDS_MAX}
 *   8   8   origin: the first eight bytes of it  --+
 *  16   8   sequence                             --+ IDS_MAX times; zeros: not used yet
 * </pre>
 *
 * <p>Numbers are big-endian. Written through memory and never synced: after a power cut, some of what was received last may be
 * received again. One thread.
 */
final class SeenIds implements Closeable {
    static final int IDS_MAX = 1 << 16;

    private static final int ID_LENGTH = 16;
    private static final int HEADER_LENGTH = 8;
    private static final int LENGTH = HEADER_LENGTH + IDS_MAX * ID_LENGTH;

    private final FileChannel channel;
    private final MappedByteBuffer file;
    private final Set<Id> ids = new LinkedHashSet<>();
    private long written;

    private record Id(long origin, long sequence) {}

    private SeenIds(FileChannel channel, MappedByteBuffer file) {
        this.channel = channel;
        this.file = file;
    }

    /** In memory only. */
    static SeenIds inMemory() {
        return new SeenIds(null, null);
    }

    /** Opens or makes the file; it owns all its blocks then, so that a full disk never meets the memory. */
    static SeenIds open(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            for (long at = channel.size(); at < LENGTH; ) {
                at += channel.write(ByteBuffer.allocate((int) (LENGTH - at)), at);
            }
            SeenIds seen = new SeenIds(channel, channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
            seen.load();
            return seen;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    boolean has(Origin origin, long sequence) {
        return ids.contains(new Id(origin.prefix(), sequence));
    }

    void add(Origin origin, long sequence) {
        remember(new Id(origin.prefix(), sequence));
        if (file != null) {
            int at = place(written);
            file.putLong(at, origin.prefix());
            file.putLong(at + 8, sequence);
            file.putLong(0, ++written);
        }
    }

    int count() {
        return ids.size();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private void remember(Id id) {
        if (ids.size() == IDS_MAX) {
            Iterator<Id> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
        ids.add(id);
    }

    private void load() {
        written = Math.max(0, file.getLong(0));
        for (long number = Math.max(0, written - IDS_MAX); number < written; number++) {
            int at = place(number);
            remember(new Id(file.getLong(at), file.getLong(at + 8)));
        }
    }

    private static int place(long number) {
        return HEADER_LENGTH + (int) (number % IDS_MAX) * ID_LENGTH;
    }
}
