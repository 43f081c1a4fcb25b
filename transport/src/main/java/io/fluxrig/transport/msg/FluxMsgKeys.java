package io.fluxrig.transport.msg;

import java.nio.charset.StandardCharsets;

/**
 * The keys of the fluxMsg map as encoded CBOR text, in the order in which they are written: ascending by their bytes, which
 * puts shorter ones first.
 */
final class FluxMsgKeys {
    static final byte[] ID = key("id");
    static final byte[] TS = key("ts");
    static final byte[] RAW = key("raw");
    static final byte[] DATA = key("data");
    static final byte[] META = key("meta");
    static final byte[] PATH = key("path");
    static final byte[] FLAGS = key("flags");
    static final byte[] TRACE = key("trace");
    static final byte[] REF_ID = key("ref_id");
    static final byte[] SRC_ID = key("src_id");

    /** Digits of a trace id. */
    static final int TRACE_LENGTH = 32;

    /** Items of one hop. */
    static final int HOP_ITEMS = 3;

    private FluxMsgKeys() {}

    private static byte[] key(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] encoded = new byte[1 + ascii.length];
        encoded[0] = (byte) (0x60 | ascii.length);
        System.arraycopy(ascii, 0, encoded, 1, ascii.length);
        return encoded;
    }
}
