package io.fluxrig.transport.snake.peer;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.snake.seal.SnakeKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a rack says every second, and when it changes, of the ends of wires that it has: these are here, and what stands behind them can serve.
 *
 * <pre>
 *   0    4  magic "FXP" and version 1
 *   4    8  time, nanoseconds since 1970: higher in each that a rack sends, so that an old one cannot be told again
 *  12    4  milliseconds until the next
 *  16    2  length r of the sending rack's name
 *  18    2  how many ends, at most {@link #ENDS_MAX}
 *  20    r  the sending rack's name
 *     1+2+s  each end: 1 if what stands behind it can serve or 0, length s, its subject
 *       32  HMAC-SHA256 under the shared key, over everything above and the subject it is sent on
 * </pre>
 *
 * <p>Numbers are big-endian. Immutable.
 *
 * @param ends subject of each, and whether it serves
 */
record Heartbeat(String rack, long epochNs, long intervalMs, Map<String, Boolean> ends) {
    static final int ENDS_MAX = 1024;

    private static final int MAGIC = 'F' << 24 | 'X' << 16 | 'P' << 8 | 1;
    private static final int TIME_OFFSET = 4;
    private static final int INTERVAL_OFFSET = 12;
    private static final int RACK_LENGTH_OFFSET = 16;
    private static final int COUNT_OFFSET = 18;
    private static final int HEADER_LENGTH = 20;
    private static final int END_HEADER_LENGTH = 3;
    private static final int PROOF_LENGTH = 32;
    private static final String PURPOSE = "fluxrig snake heartbeat ";

    Heartbeat {
        ends = Map.copyOf(ends);
        if (ends.size() > ENDS_MAX) {
            throw new IllegalArgumentException("ends=" + ends.size() + " max=" + ENDS_MAX);
        }
    }

    /** Where racks say it to those whose wires lead to that rack or group. */
    static String subject(String rack) {
        return "flux.peer." + rack;
    }

    byte[] write(SnakeKey key, String subject) {
        byte[] name = ascii(rack);
        int length = HEADER_LENGTH + name.length;
        for (String end : ends.keySet()) {
            length += END_HEADER_LENGTH + end.length();
        }
        byte[] body = new byte[length + PROOF_LENGTH];
        Bytes.putIntBe(body, 0, MAGIC);
        Bytes.putLongBe(body, TIME_OFFSET, epochNs);
        Bytes.putIntBe(body, INTERVAL_OFFSET, (int) intervalMs);
        Bytes.putShortBe(body, RACK_LENGTH_OFFSET, name.length);
        Bytes.putShortBe(body, COUNT_OFFSET, ends.size());
        System.arraycopy(name, 0, body, HEADER_LENGTH, name.length);
        int at = HEADER_LENGTH + name.length;
        for (Map.Entry<String, Boolean> end : ends.entrySet()) {
            byte[] text = ascii(end.getKey());
            body[at] = (byte) (end.getValue() ? 1 : 0);
            Bytes.putShortBe(body, at + 1, text.length);
            System.arraycopy(text, 0, body, at + END_HEADER_LENGTH, text.length);
            at += END_HEADER_LENGTH + text.length;
        }
        System.arraycopy(key.proof(PURPOSE + subject, body, length), 0, body, length, PROOF_LENGTH);
        return body;
    }

    /** Null if it is not a heartbeat for that subject under that key. */
    static Heartbeat read(SnakeKey key, String subject, byte[] body) {
        int length = body.length - PROOF_LENGTH;
        if (length < HEADER_LENGTH || Bytes.intBe(body, 0) != MAGIC) {
            return null;
        }
        byte[] proof = Arrays.copyOfRange(body, length, body.length);
        if (!key.proves(PURPOSE + subject, body, length, proof)) {
            return null;
        }
        int nameLength = Bytes.shortBe(body, RACK_LENGTH_OFFSET) & 0xFFFF;
        int count = Bytes.shortBe(body, COUNT_OFFSET) & 0xFFFF;
        int at = HEADER_LENGTH + nameLength;
        if (at > length || count > ENDS_MAX) {
            return null;
        }
        Map<String, Boolean> ends = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            int textAt = at + END_HEADER_LENGTH;
            int textLength = textAt > length ? 0 : Bytes.shortBe(body, at + 1) & 0xFFFF;
            if (textAt + textLength > length) {
                return null;
            }
            ends.put(text(body, textAt, textLength), body[at] == 1);
            at = textAt + textLength;
        }
        return new Heartbeat(
                text(body, HEADER_LENGTH, nameLength),
                Bytes.longBe(body, TIME_OFFSET),
                Bytes.intBe(body, INTERVAL_OFFSET),
                ends);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] body, int offset, int length) {
        return new String(body, offset, length, StandardCharsets.US_ASCII);
    }
}
