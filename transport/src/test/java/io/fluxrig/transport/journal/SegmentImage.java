package io.fluxrig.transport.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A segment as a power cut leaves it: its blocks are allocated, and a page that did not arrive is zeros. */
public final class SegmentImage {
    public static final int PAGE = 1 << 12;

    private static final int NOISE_BYTES = 150;

    private final Path file;
    private final byte[] content;

    private SegmentImage(Path file) throws IOException {
        this.file = file;
        this.content = Files.readAllBytes(file);
    }

    /** The segments in a folder, oldest first. */
    public static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }

    public static SegmentImage newest(Path folder) throws IOException {
        List<Path> segments = segments(folder);
        return new SegmentImage(segments.get(segments.size() - 1));
    }

    public static SegmentImage of(Path file) throws IOException {
        return new SegmentImage(file);
    }

    public Path file() {
        return file;
    }

    /** Where each block begins, behind the queue's header of it; the first one is the segment's own. */
    public List<Integer> blocks() {
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < content.length - 4; i++) {
            if (content[i] == 'F' && content[i + 1] == 'X' && content[i + 2] == 'J' && content[i + 3] == 1) {
                offsets.add(i);
            }
        }
        return offsets;
    }

    /** Bytes of a block, as the queue's header has it. */
    public int length(int block) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(header(block));
    }

    /** The first block from that one on that does not lie in one page. */
    public int blockOverPages(int from) {
        int block = from;
        while (header(block) / PAGE == (header(block) + length(block)) / PAGE) {
            block++;
        }
        return block;
    }

    private int header(int block) {
        return blocks().get(block) - Integer.BYTES;
    }

    /** Nothing from that block on has arrived, nor its header. */
    public void endsBefore(int block) {
        fill(header(block), content.length);
    }

    /** Of that block, and all behind it, only the page that it begins in has arrived. */
    public void hasOnlyTheFirstPageOf(int block) {
        int begin = header(block);
        int page = (begin / PAGE + 1) * PAGE;
        if (page >= begin + length(block)) {
            throw new IllegalStateException("block=" + block + " lies in one page");
        }
        fill(page, content.length);
    }

    /** That block's header, and nothing behind it. */
    public void hasOnlyTheHeaderOf(int block) {
        fill(blocks().get(block), content.length);
    }

    public void change(int offset) {
        content[offset] ^= 1;
        save();
    }

    /** It does not begin as a segment does. */
    public void beginsAsNone() {
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 0x12345678);
        save();
    }

    /** Behind the header of its first document: what is not open finds no segment there, and what is reads on. */
    public void beginningIsNoise() {
        byte[] noise = new byte[NOISE_BYTES];
        new Random(1).nextBytes(noise);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise), Integer.BYTES);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    public void zero(int from, int to) {
        fill(from, to);
    }

    private void fill(int from, int to) {
        Arrays.fill(content, from, to, (byte) 0);
        save();
    }

    private void save() {
        try {
            Files.write(file, content);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
