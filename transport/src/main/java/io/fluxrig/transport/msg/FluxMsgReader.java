package io.fluxrig.transport.msg;

import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.cbor.CborType;
import java.util.Arrays;

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

    /**
     * Reads one message that takes up exactly {@code length} bytes.
     *
     * @return {@link CborFault#NONE}, or a negative fault with {@code into} cleared
     */
    public int read(byte[] src, int offset, int length, FluxMsg into) {
        into.clear();
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

    private void readEntry(byte[] src, FluxMsg into, boolean first) {
        int start = in.position();
        int keyLength = in.text();
        if (keyLength < 0) {
            return;
        }
        int end = in.position();
        if (!first && in.compare(keyStart, keyEnd, start, end) >= 0) {
            in.fail(CborFault.KEY_ORDER);
            return;
        }
        keyStart = start;
        keyEnd = end;
        switch (keyLength) {
            case 2 -> readKey2(src, into);
            case 3 -> readRaw(src, into);
            case 4 -> readKey4(src, into);
            case 5 -> readKey5(src, into);
            case 6 -> readKey6(src, into);
            default -> readUnknown(src, into);
        }
    }

    private void readKey2(byte[] src, FluxMsg into) {
        if (isKey(src, FluxMsgKeys.ID)) {
            into.id(uint(Long.MAX_VALUE));
        } else if (isKey(src, FluxMsgKeys.TS)) {
            into.tsEpochNs(in.integer());
        } else {
            readUnknown(src, into);
        }
    }

    private void readRaw(byte[] src, FluxMsg into) {
        if (isKey(src, FluxMsgKeys.RAW)) {
            int length = in.bytes();
            into.raw(src, in.contentOffset(), Math.max(0, length));
        } else {
            readUnknown(src, into);
        }
    }

    private void readKey4(byte[] src, FluxMsg into) {
        if (isKey(src, FluxMsgKeys.DATA)) {
            readData(src, into);
        } else if (isKey(src, FluxMsgKeys.META)) {
            MetaReader.read(in, src, into.meta());
        } else if (isKey(src, FluxMsgKeys.PATH)) {
            readPath(into.path());
        } else {
            readUnknown(src, into);
        }
    }

    private void readKey5(byte[] src, FluxMsg into) {
        if (isKey(src, FluxMsgKeys.FLAGS)) {
            into.flags((int) uint(0xFFFF_FFFFL));
        } else if (isKey(src, FluxMsgKeys.TRACE)) {
            readTrace(src, into);
        } else {
            readUnknown(src, into);
        }
    }

    private void readKey6(byte[] src, FluxMsg into) {
        if (isKey(src, FluxMsgKeys.REF_ID)) {
            into.refId(uint(Long.MAX_VALUE));
        } else if (isKey(src, FluxMsgKeys.SRC_ID)) {
            into.srcId((int) uint(0xFFFF_FFFFL));
        } else {
            readUnknown(src, into);
        }
    }

    private void readData(byte[] src, FluxMsg into) {
        int start = in.position();
        if (in.peekType() != CborType.MAP) {
            in.fail(CborFault.WRONG_TYPE);
        } else if (in.skip() == CborFault.NONE) {
            into.data(src, start, in.position() - start);
        }
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
        into.trace(readHex16(src, offset), readHex16(src, offset + 16));
    }

    private long readHex16(byte[] src, int offset) {
        long value = 0;
        for (int i = offset; i < offset + 16; i++) {
            int digit = HexText.digit(src[i]);
            if (digit < 0) {
                in.fail(CborFault.WRONG_VALUE);
                return 0;
            }
            value = value << 4 | digit;
        }
        return value;
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

    private boolean isKey(byte[] src, byte[] encoded) {
        return Arrays.equals(src, keyStart, keyEnd, encoded, 0, encoded.length);
    }
}
