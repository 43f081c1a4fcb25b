package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.ValueView;
import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * The values of a closed table, to be asked for in a few steps however many there are. Trailing spaces do not count, neither
 * of the table's values nor of the message's. A value of raw bytes is looked for under its hexadecimal text.
 *
 * <pre>
 *   up to 7 bytes   a long | b0 b1 ... b6 | length |, in an open table twice as large       longer ones: one by one
 * </pre>
 */
final class ValueSet {
    private static final int PACKED_MAX = 7;

    private final Table texts = new Table();
    private final Table raws = new Table();

    ValueSet(Collection<String> values) {
        texts.room(values.size());
        raws.room(values.size());
        for (String value : values) {
            byte[] text = value.getBytes(StandardCharsets.ISO_8859_1);
            texts.add(text, trimmed(text, 0, text.length));
            if (!value.isEmpty() && value.matches("([0-9A-Fa-f]{2})+")) {
                byte[] raw = HexFormat.of().parseHex(value);
                raws.add(raw, raw.length);
            }
        }
    }

    boolean has(ValueView value) {
        byte[] bytes = value.bytes();
        int offset = value.offset();
        return value.isRaw()
                ? raws.has(bytes, offset, value.length())
                : texts.has(bytes, offset, trimmed(bytes, offset, value.length()));
    }

    private static int trimmed(byte[] bytes, int offset, int length) {
        int end = length;
        while (end > 0 && bytes[offset + end - 1] == ' ') {
            end--;
        }
        return end;
    }

    private static final class Table {
        private long[] packed = new long[2];
        private final List<byte[]> longer = new ArrayList<>();
        private boolean empty;

        void room(int values) {
            packed = new long[Math.max(2, Integer.highestOneBit(Math.max(1, values)) << 2)];
        }

        void add(byte[] value, int length) {
            if (length > PACKED_MAX) {
                longer.add(Arrays.copyOf(value, length));
            } else if (length == 0) {
                empty = true;
            } else {
                long key = pack(value, 0, length);
                int slot = slot(key);
                while (packed[slot] != 0 && packed[slot] != key) {
                    slot = slot + 1 & packed.length - 1;
                }
                packed[slot] = key;
            }
        }

        boolean has(byte[] bytes, int offset, int length) {
            if (length == 0) {
                return empty;
            }
            if (length > PACKED_MAX) {
                return hasLonger(bytes, offset, length);
            }
            long key = pack(bytes, offset, length);
            int slot = slot(key);
            while (packed[slot] != 0) {
                if (packed[slot] == key) {
                    return true;
                }
                slot = slot + 1 & packed.length - 1;
            }
            return false;
        }

        private boolean hasLonger(byte[] bytes, int offset, int length) {
            for (int i = 0; i < longer.size(); i++) {
                byte[] value = longer.get(i);
                if (value.length == length && Bytes.equal(bytes, offset, value, 0, length)) {
                    return true;
                }
            }
            return false;
        }

        private int slot(long key) {
            return (int) Bytes.mix64(key) & packed.length - 1;
        }

        private static long pack(byte[] bytes, int offset, int length) {
            long key = 0;
            for (int i = 0; i < length; i++) {
                key = key << 8 | bytes[offset + i] & 0xFF;
            }
            return key << 8 | length;
        }
    }
}
