package io.fluxrig.transport.msg;

import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.cbor.CborType;

/**
 * Reads the CBOR map that {@link FluxMsgWriter} writes, or that another system wrote, into a {@link FluxMsg}.
 *
 * <p>The whole map is checked: deterministic form, ascending keys, types and ranges of the known keys, {@code data} and
 * unknown values well formed. {@code raw} and {@code data} become slices of the bytes read, borrowed from the caller; unknown
 * keys are kept and written again. A key may be absent; its part of the message is then as after {@link FluxMsg#clear()}.
 *
 * <p>One strip's thread; allocates nothing but for unknown keys as its space grows; never throws on any input.
 */
public final class FluxMsgReader {
    private final CborReader in = new CborReader();
    private int keyStart;
    private int keyEnd;
    private int lastKey;
    private boolean lastIsOurs;
    private DataReader dataReader;

    /** Takes {@code data} while the message is being read, so that its bytes are looked at once. */
    @FunctionalInterface
    public interface DataReader {

        /** Reads exactly the item that comes next, which is a map, with all checks; faults stay with the reader. */
        void readData(CborReader in);
    }

    /**
     * Reads one message that takes up exactly {@code length} bytes.
     *
     * @return {@link CborFault#NONE}, or a negative fault with {@code into} cleared
     */
    public int read(byte[] src, int offset, int length, FluxMsg into) {
        return read(src, offset, length, into, CborReader::skip);
    }

    /**
     * As {@link #read(byte[], int, int, FluxMsg)}, with somebody who takes {@code data}; its slice is set all the same. If a
     * fault is found behind the data, what was taken is worth nothing.
     */
    public int read(byte[] src, int offset, int length, FluxMsg into, DataReader data) {
        into.clear();
        dataReader = data;
        lastKey = -1;
        lastIsOurs = false;
        in.on(src, offset, length);
        int entries = in.map();
        for (int i = 0; i < entries && in.fault() == CborFault.NONE; i++) {
            readEntry(src, into, i == 0);
        }
        int fault = in.end();
        if (fault != CborFault.NONE) {
            into.clear();
        }
        return fault;
    }

    /** Our own keys come in the order of their numbers, so only a key that is not the next of ours is compared. */
    private void readEntry(byte[] src, FluxMsg into, boolean first) {
        int start = in.position();
        int key = FluxMsgKeys.skip(in, lastKey + 1);
        if (key < 0) {
            key = readKey(start);
            if (in.fault() != CborFault.NONE) {
                return;
            }
        }
        boolean inOrder = first || key >= 0 && lastIsOurs || in.compare(keyStart, keyEnd, start, in.position()) < 0;
        if (!inOrder) {
            in.fail(CborFault.KEY_ORDER);
            return;
        }
        keyStart = start;
        keyEnd = in.position();
        lastIsOurs = key >= 0;
        lastKey = Math.max(lastKey, key);
        readValue(src, key, into);
    }

    /** A key that is not ours, or one of ours so near the end that it cannot be looked at as a word. */
    private int readKey(int start) {
        in.text();
        int end = in.position();
        boolean mayBeOurs = in.fault() == CborFault.NONE && end - start < Long.BYTES;
        return mayBeOurs ? FluxMsgKeys.find(in.prefix(start, end), lastKey + 1) : -1;
    }

    private void readValue(byte[] src, int key, FluxMsg into) {
        switch (key) {
            case FluxMsgKeys.ID -> into.id(uint(Long.MAX_VALUE));
            case FluxMsgKeys.TS -> into.tsEpochNs(in.integer());
            case FluxMsgKeys.RAW -> {
                int length = in.bytes();
                into.raw(src, in.contentOffset(), Math.max(0, length));
            }
            case FluxMsgKeys.DATA -> readData(src, into);
            case FluxMsgKeys.META -> MetaReader.read(in, src, into.meta());
            case FluxMsgKeys.PATH -> readPath(into.path());
            case FluxMsgKeys.FLAGS -> into.flags((int) uint(0xFFFF_FFFFL));
            case FluxMsgKeys.TRACE -> readTrace(src, into);
            case FluxMsgKeys.REF_ID -> into.refId(uint(Long.MAX_VALUE));
            case FluxMsgKeys.SRC_ID -> into.srcId((int) uint(0xFFFF_FFFFL));
            default -> readUnknown(src, into);
        }
    }

    private void readData(byte[] src, FluxMsg into) {
        int start = in.position();
        if (in.peekType() != CborType.MAP) {
            in.fail(CborFault.WRONG_TYPE);
            return;
        }
        dataReader.readData(in);
        into.data(src, start, in.position() - start);
    }

    private void readPath(Path path) {
        int hops = in.array();
        for (int i = 0; i < hops && in.fault() == CborFault.NONE; i++) {
            if (in.array() != FluxMsgKeys.HOP_ITEMS) {
                in.fail(CborFault.WRONG_VALUE);
                return;
            }
            int gear = (int) uint(Integer.MAX_VALUE);
            int port = (int) uint(Integer.MAX_VALUE);
            if (!path.add(gear, port, uint(Long.MAX_VALUE))) {
                in.fail(CborFault.TOO_LARGE);
            }
        }
    }

    private void readTrace(byte[] src, FluxMsg into) {
        if (in.text() != FluxMsgKeys.TRACE_LENGTH) {
            in.fail(CborFault.WRONG_VALUE);
            return;
        }
        int offset = in.contentOffset();
        if (HexText.isNumber(src, offset) && HexText.isNumber(src, offset + 16)) {
            into.trace(HexText.value(src, offset), HexText.value(src, offset + 16));
        } else {
            in.fail(CborFault.WRONG_VALUE);
        }
    }

    private void readUnknown(byte[] src, FluxMsg into) {
        int keyAt = keyStart;
        int valueAt = in.position();
        if (in.skip() == CborFault.NONE) {
            int code = into.extras().add(src, keyAt, valueAt, in.position());
            if (code != CborFault.NONE) {
                in.fail(code);
            }
        }
    }

    private long uint(long max) {
        long value = in.uint();
        if (value > max) {
            in.fail(CborFault.TOO_LARGE);
        }
        return Math.max(0, value);
    }
}
