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
    private final MetaReader meta = new MetaReader();
    private int left;
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
        into.clearForRead();
        if (dataReader != data) { // a store of a reference costs more than this question
            dataReader = data;
        }
        lastKey = -1;
        in.on(src, offset, length);
        int entries = in.map();
        left = entries;
        readInOrder(src, into);
        lastIsOurs = left != entries;
        for (boolean first = left == entries; left > 0 && in.fault() == CborFault.NONE; left--) {
            readEntry(src, into, first);
            first = false;
        }
        int fault = in.end();
        if (fault != CborFault.NONE) {
            into.clear();
        }
        into.dropUnread();
        return fault;
    }

    /** Reads as many entries as are our own keys in their order, which is nearly always all of them. */
    private void readInOrder(byte[] src, FluxMsg into) {
        if (next(FluxMsgKeys.ID)) {
            into.id(uint(Long.MAX_VALUE));
        }
        if (next(FluxMsgKeys.TS)) {
            into.tsEpochNs(in.integer());
        }
        if (next(FluxMsgKeys.RAW)) {
            readRaw(src, into);
        }
        if (next(FluxMsgKeys.DATA)) {
            readData(src, into);
        }
        if (next(FluxMsgKeys.META)) {
            meta.read(in, src, into.meta());
        }
        if (next(FluxMsgKeys.PATH)) {
            readPath(into.path());
        }
        if (next(FluxMsgKeys.FLAGS)) {
            into.flags((int) uint(0xFFFF_FFFFL));
        }
        if (next(FluxMsgKeys.TRACE)) {
            readTrace(src, into);
        }
        if (next(FluxMsgKeys.REF_ID)) {
            into.refId(uint(Long.MAX_VALUE));
        }
        if (next(FluxMsgKeys.SRC_ID)) {
            into.srcId((int) uint(0xFFFF_FFFFL));
        }
    }

    private boolean next(int key) {
        if (left <= 0 || !FluxMsgKeys.skipOne(in, key)) {
            return false;
        }
        left--;
        lastKey = key;
        keyStart = in.itemStart();
        keyEnd = in.position();
        return true;
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
            case FluxMsgKeys.RAW -> readRaw(src, into);
            case FluxMsgKeys.DATA -> readData(src, into);
            case FluxMsgKeys.META -> meta.read(in, src, into.meta());
            case FluxMsgKeys.PATH -> readPath(into.path());
            case FluxMsgKeys.FLAGS -> into.flags((int) uint(0xFFFF_FFFFL));
            case FluxMsgKeys.TRACE -> readTrace(src, into);
            case FluxMsgKeys.REF_ID -> into.refId(uint(Long.MAX_VALUE));
            case FluxMsgKeys.SRC_ID -> into.srcId((int) uint(0xFFFF_FFFFL));
            default -> readUnknown(src, into);
        }
    }

    private void readRaw(byte[] src, FluxMsg into) {
        int length = in.bytes();
        into.raw(src, in.contentOffset(), Math.max(0, length));
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
