package io.fluxrig.load.tally;

import io.fluxrig.perf.count.Counter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts answers by response code and classes them. One thread counts, any reads. A code is up to three characters packed
 * into an int, so counting one that was seen before allocates nothing.
 */
public final class ResponseCodes {
    /** Packed value of an answer without field 39. */
    public static final int NONE = 0;

    private static final int SLOTS = 1024;
    private static final int CODES_MAX = 256;

    private final Set<String> timeoutCodes;
    private final int[] packed = new int[SLOTS];
    private final Entry[] entries = new Entry[SLOTS];
    private final Map<String, Counter> counts = new ConcurrentHashMap<>();
    private final Entry rest;

    private record Entry(Counter counter, AnswerClass answerClass) {}

    public ResponseCodes(Set<String> timeoutCodes) {
        this.timeoutCodes = timeoutCodes;
        this.rest = new Entry(new Counter(), AnswerClass.DECLINED);
    }

    /** Packs up to three bytes of a response code. */
    public static int pack(byte[] code, int offset, int length) {
        int value = 0;
        for (int i = 0; i < Math.min(length, 3); i++) {
            value = value << 8 | code[offset + i] & 0xFF;
        }
        return value;
    }

    /** Counts one answer; codes beyond the 256th different one are counted together as {@code other}. */
    public AnswerClass count(int code) {
        int slot = (code * 0x9E3779B1) >>> 22;
        while (entries[slot] != null && packed[slot] != code) {
            slot = slot + 1 & SLOTS - 1;
        }
        if (entries[slot] == null) {
            if (counts.size() >= CODES_MAX) {
                counts.putIfAbsent("other", rest.counter());
                rest.counter().increment();
                return rest.answerClass();
            }
            entries[slot] = enter(code);
            packed[slot] = code;
        }
        entries[slot].counter().increment();
        return entries[slot].answerClass();
    }

    private Entry enter(int code) {
        String text = text(code);
        Counter counter = new Counter();
        counts.put(text, counter);
        return new Entry(counter, AnswerClass.of(text, timeoutCodes));
    }

    private static String text(int code) {
        if (code == NONE) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        for (int shift = 16; shift >= 0; shift -= 8) {
            int character = code >> shift & 0xFF;
            if (character != 0) {
                text.append(character < 0x20 || character > 0x7E ? '?' : (char) character);
            }
        }
        return text.toString();
    }

    /** The counts so far by code; any thread. */
    public Map<String, Long> snapshot() {
        Map<String, Long> copy = new TreeMap<>();
        counts.forEach((code, counter) -> copy.put(code, counter.get()));
        return copy;
    }
}
