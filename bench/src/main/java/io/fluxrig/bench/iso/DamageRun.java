package io.fluxrig.bench.iso;

import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.frame.FrameDecoder;
import io.fluxrig.iso.frame.FrameRefusal;
import io.fluxrig.iso.frame.FrameView;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.frame.LengthEncoding;
import io.fluxrig.iso.frame.Variant;
import io.fluxrig.iso.wire.WireSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Sound messages of every dialect, and frames, damaged and read. What is read must be written again byte for byte, what is refused
 * must be refused at a byte with a reason, and a frame must take bytes or wait. One thread; a seed and an input's number replay it.
 */
final class DamageRun {
    /** What the heap may hold more at the end than after a tenth of the run, in bytes. */
    static final long HEAP_GROWTH_MAX = 8 << 20;

    /** Time of this thread alone, which neighbours on the machine do not stretch. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int SOUND = 32;
    private static final int DAMAGES = 50;
    private static final int MTI_MAX = 10_000;

    private final Random random;
    private final long seed;
    private final List<Dialect> dialects = new ArrayList<>();
    private final List<FrameDecoder> framings = new ArrayList<>();
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final IsoMessage message = new IsoMessage();
    private final FrameView view = new FrameView();
    private final byte[] out = new byte[1 << 20];
    private long inputs;
    private long slowestNs;
    private long heapEarly;
    private long heapLate;

    /** A dialect with messages that it can read. */
    private record Dialect(String name, IsoCodec codec, List<byte[]> sound) {}

    DamageRun(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        for (String name : BenchDialects.names()) {
            WireSpec wire = BenchDialects.wire(name);
            RandomMessages messages = new RandomMessages(wire, random);
            List<byte[]> sound = new ArrayList<>();
            for (int i = 0; i < SOUND; i++) {
                List<Integer> fields = wire.fields().keySet().stream()
                        .filter(field -> random.nextInt(4) == 0)
                        .toList();
                sound.add(messages.bytes(random.nextInt(MTI_MAX), fields));
            }
            dialects.add(new Dialect(name, new IsoCodec(wire), sound));
        }
        for (LengthEncoding encoding : LengthEncoding.values()) {
            framings.add(new FrameDecoder(Framing.builder(Variant.GENERIC)
                    .lengthSize(encoding == LengthEncoding.BINARY ? 2 : 4)
                    .lengthEncoding(encoding)
                    .build()));
        }
        for (Variant variant : Variant.values()) {
            framings.add(new FrameDecoder(Framing.builder(variant).build()));
        }
        framings.add(new FrameDecoder(Framing.builder(Variant.GENERIC)
                .lengthSize(0)
                .trailer(new byte[] {3})
                .build()));
    }

    int dialects() {
        return dialects.size();
    }

    int framings() {
        return framings.size();
    }

    long inputs() {
        return inputs;
    }

    Map<String, Long> outcomes() {
        return outcomes;
    }

    long slowestNs() {
        return slowestNs;
    }

    long heapGrowth() {
        return heapLate - heapEarly;
    }

    /** Reads so many inputs; what went wrong with the last of them, or null. */
    String go(long count) {
        while (inputs < count) {
            Dialect dialect = dialects.get(random.nextInt(dialects.size()));
            byte[] sound = dialect.sound().get(random.nextInt(SOUND));
            for (int i = 0; i < DAMAGES && inputs < count; i++) {
                byte[] input = damaged(sound);
                String failure = one(dialect, input);
                inputs++;
                if (failure != null) {
                    return failure + " at input " + inputs + " of --seed " + seed + ", " + dialect.name() + ": "
                            + HexFormat.of().formatHex(input);
                }
                if (inputs == count / 10) {
                    heapEarly = heap();
                }
            }
        }
        heapLate = heap();
        return null;
    }

    private String one(Dialect dialect, byte[] input) {
        long startNs = THREADS.getCurrentThreadCpuTime();
        String failure;
        try {
            failure = decode(dialect.codec(), input);
            failure = failure != null ? failure : frame(random.nextBoolean() ? framed(input) : input);
        } catch (RuntimeException | StackOverflowError unexpected) {
            failure = unexpected.toString();
        }
        slowestNs = Math.max(slowestNs, THREADS.getCurrentThreadCpuTime() - startNs);
        return failure;
    }

    private String decode(IsoCodec codec, byte[] input) {
        int used = codec.decode(input, 0, input.length, message);
        if (used >= 0) {
            count("read");
            int length = codec.encode(message, out, 0);
            boolean same = length == used && Arrays.equals(out, 0, used, input, 0, used);
            return same ? null : "what was read is not written again: " + codec.error();
        }
        CodecError error = codec.error();
        count(refusal(error.code()));
        boolean told = !error.path().isEmpty()
                && !error.expected().isEmpty()
                && error.byteOffset() >= 0
                && error.byteOffset() <= input.length;
        codec.decodeReadable(input, 0, input.length, message);
        return told ? null : "a refusal without a reason or a place: " + error;
    }

    private static String refusal(int code) {
        return switch (code) {
            case CodecError.TRUNCATED -> "refused: truncated";
            case CodecError.LENGTH_OUT_OF_BOUNDS -> "refused: length out of bounds";
            case CodecError.LENGTH_MALFORMED -> "refused: length malformed";
            case CodecError.CHARACTER -> "refused: character";
            case CodecError.FIELD_UNDEFINED -> "refused: field undefined";
            case CodecError.TRAILING_BYTES -> "refused: trailing bytes";
            case CodecError.TAG -> "refused: tag";
            default -> "refused: other";
        };
    }

    /** Two binary bytes of length and the input, which every framing may meet; now and then of another length. */
    private byte[] framed(byte[] input) {
        int told = input.length + (random.nextInt(8) == 0 ? random.nextInt(9) - 4 : 0);
        byte[] framed = new byte[2 + input.length];
        framed[0] = (byte) (told >> 8);
        framed[1] = (byte) told;
        System.arraycopy(input, 0, framed, 2, input.length);
        return framed;
    }

    /** Cuts frames until bytes are missing or refused. */
    private String frame(byte[] input) {
        FrameDecoder decoder = framings.get(random.nextInt(framings.size()));
        int at = 0;
        while (at < input.length) {
            int used = decoder.next(input, at, input.length, view);
            if (used < 0 || used == FrameDecoder.NEED_MORE) {
                count(used < 0 ? "frame " + FrameRefusal.reason(used) : "frame not whole");
                return null;
            }
            if (used > input.length - at) {
                return "a frame took more bytes than there are";
            }
            count("frame");
            at += used;
        }
        return null;
    }

    private byte[] damaged(byte[] sound) {
        byte[] bytes = sound.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(9));
            case 2 -> spliced(bytes);
            case 3 -> repeated(bytes);
            default -> bytes;
        };
    }

    /** The beginning of one behind another part of it. */
    private byte[] spliced(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int to = from + random.nextInt(bytes.length - from);
        int into = random.nextInt(bytes.length);
        byte[] spliced = new byte[bytes.length + to - from];
        System.arraycopy(bytes, 0, spliced, 0, into);
        System.arraycopy(bytes, from, spliced, into, to - from);
        System.arraycopy(bytes, into, spliced, into + to - from, bytes.length - into);
        return spliced;
    }

    private byte[] repeated(byte[] bytes) {
        byte[] same = new byte[1 + random.nextInt(600)];
        Arrays.fill(same, (byte) random.nextInt(256));
        System.arraycopy(bytes, 0, same, 0, Math.min(bytes.length / 2, same.length));
        return same;
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    private static long heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
