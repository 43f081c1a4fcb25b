package io.fluxrig.transport.msg;

import io.fluxrig.transport.cbor.CborEntries;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.cbor.CborType;
import io.fluxrig.transport.cbor.CborWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of the fluxMsg map in the order in which they are written: ascending by their encoded bytes, which puts shorter ones
 * first. Encoded they are at most seven bytes, so that one long holds each.
 */
final class FluxMsgKeys {
    static final int ID = 0;
    static final int TS = 1;
    static final int RAW = 2;
    static final int DATA = 3;
    static final int META = 4;
    static final int PATH = 5;
    static final int FLAGS = 6;
    static final int TRACE = 7;
    static final int REF_ID = 8;
    static final int SRC_ID = 9;

    /** Digits of a trace id. */
    static final int TRACE_LENGTH = 32;

    /** Where they begin in the entry: behind the key and a head of two bytes. */
    static final int TRACE_DIGITS_AT = 8;

    /** Items of one hop. */
    static final int HOP_ITEMS = 3;

    private static final byte[][] ENCODED =
            encoded("id", "ts", "raw", "data", "meta", "path", "flags", "trace", "ref_id", "src_id");

    /** The encoded keys as numbers, highest byte first, zeros behind. */
    private static final long[] PREFIXES = prefixes();

    private static final int[] LENGTHS =
            Arrays.stream(ENCODED).mapToInt(key -> key.length).toArray();

    private FluxMsgKeys() {}

    /**
     * The key with that prefix.
     *
     * @param from where to begin, for keys that come in order
     * @return its number, or -1 if it is none of ours from there on
     */
    static int find(long prefix, int from) {
        for (int key = from; key < PREFIXES.length; key++) {
            if (PREFIXES[key] == prefix) {
                return key;
            }
        }
        return -1;
    }

    /** Reads past the key that comes next if it is this one. */
    static boolean skipOne(CborReader in, int key) {
        return in.skipKey(PREFIXES[key], LENGTHS[key]);
    }

    /** Reads past the key that comes next if it is one of ours from {@code from} on; its number, or -1 and nothing read. */
    static int skip(CborReader in, int from) {
        for (int key = from; key < PREFIXES.length; key++) {
            if (skipOne(in, key)) {
                return key;
            }
        }
        return -1;
    }

    static void write(int key, CborWriter out) {
        int length = LENGTHS[key];
        out.packed(PREFIXES[key] >>> Long.SIZE - 8 * length, length);
    }

    /** Writes the entries of others that come before the key; returns the first that does not. */
    static int writeBefore(int key, CborEntries others, int next, CborWriter out) {
        return others.writeBefore(ENCODED[key], next, out);
    }

    /** The entry of a trace, digits to be put in; longer than it is, so that it can be copied by words. */
    static byte[] traceEntry() {
        byte[] entry = Arrays.copyOf(ENCODED[TRACE], TRACE_DIGITS_AT + TRACE_LENGTH + 16);
        entry[TRACE_DIGITS_AT - 2] = (byte) (CborType.TEXT << 5 | 24);
        entry[TRACE_DIGITS_AT - 1] = TRACE_LENGTH;
        return entry;
    }

    private static byte[][] encoded(String... keys) {
        byte[][] all = new byte[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            byte[] ascii = keys[i].getBytes(StandardCharsets.US_ASCII);
            all[i] = new byte[1 + ascii.length];
            all[i][0] = (byte) (0x60 | ascii.length);
            System.arraycopy(ascii, 0, all[i], 1, ascii.length);
        }
        return all;
    }

    private static long[] prefixes() {
        long[] all = new long[ENCODED.length];
        for (int i = 0; i < all.length; i++) {
            for (int at = 0; at < ENCODED[i].length; at++) {
                all[i] |= (ENCODED[i][at] & 0xFFL) << 56 - 8 * at;
            }
        }
        return all;
    }
}
