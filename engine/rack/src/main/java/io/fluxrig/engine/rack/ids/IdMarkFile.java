package io.fluxrig.engine.rack.ids;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * One number that outlives a power cut, in a file of two places that are written in turn:
 *
 * <pre>
 *  at 0      0000000007 0000000059724810 1c291ca3    how often it was written, the number, CRC-32 of what stands before
 *  at 4096   0000000006 0000000059694810 5e0b5b1f
 * </pre>
 *
 * <p>The place that was written last holds, or the other one where that is torn. Both are written over what is there, which needs no room on a full
 * disk; only the first time needs some. Held through a lock of the operating system. One thread at a time.
 */
final class IdMarkFile implements AutoCloseable {
    private static final int PLACE_BYTES = 4096;
    private static final Pattern LINE = Pattern.compile("(([0-9]{10}) ([0-9]{16})) ([0-9a-f]{8})\n");
    private static final int LINE_BYTES = 10 + 1 + 16 + 1 + 8 + 1;
    private static final long WRITES_MAX = 9_999_999_999L;

    private final Path file;
    private final FileChannel channel;
    private long writes;
    private long value;

    private record Line(long writes, long value) {}

    private IdMarkFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the file, and makes it with 0 where there is none.
     *
     * @throws IOException if it cannot be had, is held, or is damaged in both places; the message names no file
     */
    static IdMarkFile open(Path file) throws IOException {
        if (Files.notExists(file)) {
            make(file);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean opened = false;
        try {
            IdMarkFile mark = new IdMarkFile(file, channel);
            mark.lock();
            mark.read();
            opened = true;
            return mark;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    /** What was written last. */
    long value() {
        return value;
    }

    Path file() {
        return file;
    }

    /** Writes another number, 0 or more; it is on the disk when this returns, and where it throws the one before may hold. */
    void write(long next) throws IOException {
        long number = writes + 1;
        write(channel, number, next);
        channel.force(true);
        writes = number;
        value = next;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void lock() throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("another process writes to it");
            }
        } catch (OverlappingFileLockException still) {
            throw new IOException("what ran before is still writing to it, so its disk does not answer", still);
        }
    }

    private void read() throws IOException {
        Line one = read(0);
        Line other = read(PLACE_BYTES);
        if (one == null && other == null) {
            throw new IOException("neither of its two lines is whole");
        }
        boolean second = one == null || other != null && other.writes > one.writes;
        Line last = second ? other : one;
        writes = last.writes;
        value = last.value;
    }

    private Line read(long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LINE_BYTES);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // a short read is seldom, and no end
        }
        Matcher line = LINE.matcher(new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII));
        boolean whole = line.matches() && line.group(4).equals(sum(line.group(1)));
        return whole ? new Line(Long.parseLong(line.group(2)), Long.parseLong(line.group(3))) : null;
    }

    private static void make(Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel made = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            byte[] blank = new byte[2 * PLACE_BYTES];
            Arrays.fill(blank, (byte) '\n');
            full(made, ByteBuffer.wrap(blank), 0);
            write(made, 0, 0);
            made.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(file.toAbsolutePath().resolveSibling(""), StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static void write(FileChannel into, long number, long value) throws IOException {
        if (number > WRITES_MAX) {
            throw new IOException("written " + number + " times, max " + WRITES_MAX);
        }
        String counted = String.format(Locale.ROOT, "%010d %016d", number, value);
        byte[] line = (counted + " " + sum(counted) + "\n").getBytes(StandardCharsets.US_ASCII);
        full(into, ByteBuffer.wrap(line), number % 2 * PLACE_BYTES);
    }

    private static void full(FileChannel into, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            into.write(bytes, at + bytes.position());
        }
    }

    private static String sum(String counted) {
        CRC32 crc = new CRC32();
        crc.update(counted.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
