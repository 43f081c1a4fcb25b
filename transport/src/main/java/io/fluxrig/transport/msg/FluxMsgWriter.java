package io.fluxrig.transport.msg;

import io.fluxrig.transport.cbor.CborEntries;
import io.fluxrig.transport.cbor.CborWriter;

/**
 * Writes a {@link FluxMsg} as one CBOR map in RFC 8949 core deterministic encoding.
 *
 * <pre>
 *   id      uint                    always          flags   uint                      always
 *   ts      int, unix nanos         always          trace   text, 32 hex digits       unless none
 *   raw     bytes                   unless empty    ref_id  uint                      always
 *   data    map                     unless none     src_id  uint                      always
 *   meta    map text to text        always          others  as they came, in their place
 *   path    array of [gear, port, unix nanos]  always
 * </pre>
 *
 * <p>One strip's thread; allocates nothing; faults are values ({@link io.fluxrig.transport.cbor.CborFault}).
 */
public final class FluxMsgWriter {
    private final CborWriter out = new CborWriter();
    /** The whole entry: key, head, digits. */
    private final byte[] trace = FluxMsgKeys.traceEntry();

    private CborEntries extras;
    private int extra;

    /**
     * Writes the whole message.
     *
     * @return bytes written at {@code offset}, or a negative fault with {@code dst} undefined from there on
     */
    public int write(FluxMsg message, byte[] dst, int offset, int limit) {
        return write(message, true, dst, offset, limit);
    }

    /** Writes all but {@code data}, for a receiver that decodes {@code raw} again. */
    public int writeWithoutData(FluxMsg message, byte[] dst, int offset, int limit) {
        return write(message, false, dst, offset, limit);
    }

    private int write(FluxMsg message, boolean withData, byte[] dst, int offset, int limit) {
        boolean data = withData && (message.payload() != null || message.dataLength() > 0);
        boolean raw = message.rawLength() > 0;
        boolean traced = (message.traceHi() | message.traceLo()) != 0;
        out.on(dst, offset, limit);
        if (extras != message.extras()) { // a store of a reference costs more than this question
            extras = message.extras();
        }
        extra = 0;
        out.map(7 + (raw ? 1 : 0) + (data ? 1 : 0) + (traced ? 1 : 0) + extras.count());
        key(FluxMsgKeys.ID);
        out.uint(message.id());
        key(FluxMsgKeys.TS);
        out.integer(message.tsEpochNs());
        if (raw) {
            key(FluxMsgKeys.RAW);
            out.bytes(message.raw(), message.rawOffset(), message.rawLength());
        }
        if (data) {
            key(FluxMsgKeys.DATA);
            data(message);
        }
        key(FluxMsgKeys.META);
        message.meta().writeTo(out);
        key(FluxMsgKeys.PATH);
        path(message.path());
        key(FluxMsgKeys.FLAGS);
        out.uint(message.flags() & 0xFFFF_FFFFL);
        if (traced) {
            trace(message.traceHi(), message.traceLo());
        }
        key(FluxMsgKeys.REF_ID);
        out.uint(message.refId());
        key(FluxMsgKeys.SRC_ID);
        out.uint(message.srcId() & 0xFFFF_FFFFL);
        extras.writeFrom(extra, out);
        return out.result();
    }

    private void key(int key) {
        othersBefore(key);
        FluxMsgKeys.write(key, out);
    }

    private void othersBefore(int key) {
        if (extra < extras.count()) {
            extra = FluxMsgKeys.writeBefore(key, extras, extra, out);
        }
    }

    private void data(FluxMsg message) {
        if (message.payload() != null) {
            message.payload().writeTo(out);
        } else {
            out.encoded(message.data(), message.dataOffset(), message.dataLength());
        }
    }

    private void path(Path path) {
        out.array(path.count());
        for (int hop = 0; hop < path.count(); hop++) {
            out.array(FluxMsgKeys.HOP_ITEMS);
            out.uint(path.gear(hop));
            out.uint(path.port(hop));
            out.uint(path.epochNs(hop));
        }
    }

    private void trace(long hi, long lo) {
        othersBefore(FluxMsgKeys.TRACE);
        HexText.put(hi, trace, FluxMsgKeys.TRACE_DIGITS_AT);
        HexText.put(lo, trace, FluxMsgKeys.TRACE_DIGITS_AT + 16);
        out.encoded(trace, 0, FluxMsgKeys.TRACE_DIGITS_AT + FluxMsgKeys.TRACE_LENGTH);
    }
}
