package io.fluxrig.engine.message;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.cbor.CborType;
import java.nio.charset.StandardCharsets;

/**
 * Reads the map of {@code data} into an ISO 8583 message: text values as text, byte strings as bytes, maps as composites.
 * Believes nothing: a key that is no field, a value of another type or nesting below {@link FieldPath#DEPTH_MAX} is a fault.
 * Allocates only for paths into composites that it has not met before; one thread.
 */
final class IsoDataReader {
    private static final byte[] ISO8583 = "iso8583".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MTI = "mti".getBytes(StandardCharsets.US_ASCII);
    private static final int PATH_MAX = 16 * FieldPath.DEPTH_MAX;
    private static final int FIELD_MAX = 192;

    private final FieldPaths paths = new FieldPaths();
    private final byte[] path = new byte[PATH_MAX];
    private byte[] latin1 = new byte[256];
    private int latin1Used;
    private boolean found;
    private CborReader in;
    private IsoMessage into;

    /** {@link CborFault#NONE} or a negative fault; the message then holds part of the data. */
    int read(CborReader from, IsoMessage message) {
        in = from;
        into = message;
        found = false;
        int entries = in.map();
        int lastStart = in.position();
        int lastEnd = lastStart;
        for (int i = 0; i < entries && in.fault() == CborFault.NONE; i++) {
            int keyStart = in.position();
            int keyLength = in.text();
            checkOrder(i, lastStart, lastEnd, keyStart);
            lastStart = keyStart;
            lastEnd = in.position();
            if (keyLength >= 0 && in.contentEquals(keyLength, ISO8583)) {
                found = true;
                readFields();
            } else {
                in.skip();
            }
        }
        into = null;
        Bytes.wipe(latin1, 0, latin1Used);
        latin1Used = 0;
        return in.fault();
    }

    /** Whether the data read last held an ISO 8583 message. */
    boolean found() {
        return found;
    }

    private void readFields() {
        int entries = in.map();
        int lastStart = in.position();
        int lastEnd = lastStart;
        for (int i = 0; i < entries && in.fault() == CborFault.NONE; i++) {
            int keyStart = in.position();
            int keyLength = in.text();
            int keyAt = in.contentOffset();
            checkOrder(i, lastStart, lastEnd, keyStart);
            lastStart = keyStart;
            lastEnd = in.position();
            if (in.fault() != CborFault.NONE) {
                return;
            }
            if (in.contentEquals(keyLength, MTI)) {
                readMti();
            } else {
                readField(keyAt, keyLength);
            }
        }
    }

    /** A map that is read here is not skipped, so its order is looked at here. */
    private void checkOrder(int index, int lastStart, int lastEnd, int keyStart) {
        if (index > 0 && in.fault() == CborFault.NONE && in.compare(lastStart, lastEnd, keyStart, in.position()) >= 0) {
            in.fail(CborFault.KEY_ORDER);
        }
    }

    private void readMti() {
        int length = in.text();
        int mti = length == 4 ? decimal(in.contentOffset(), 4) : -1;
        if (mti < 0) {
            in.fail(CborFault.WRONG_VALUE);
        } else {
            into.setMti(mti);
        }
    }

    private void readField(int keyAt, int keyLength) {
        int field = keyLength <= 3 ? decimal(keyAt, keyLength) : -1;
        if (field < 2 || field > FIELD_MAX) {
            in.fail(CborFault.WRONG_VALUE);
            return;
        }
        int type = in.peekType();
        if (type == CborType.MAP) {
            System.arraycopy(in.source(), keyAt, path, 0, keyLength);
            readTree(keyLength, 1);
        } else if (type == CborType.BYTES) {
            int length = in.bytes();
            if (length >= 0) {
                into.setBytes(field, in.source(), in.contentOffset(), length);
            }
        } else {
            readText(field);
        }
    }

    /** A text of ASCII alone is ISO-8859-1 as it stands. */
    private void readText(int field) {
        int length = in.text();
        if (length < 0) {
            return;
        }
        if (in.contentIsAscii()) {
            into.set(field, in.source(), in.contentOffset(), length);
            return;
        }
        int characters = toLatin1(length);
        if (characters >= 0) {
            into.set(field, latin1, 0, characters);
        }
    }

    private void readTree(int pathLength, int depth) {
        int entries = in.map();
        if (depth == FieldPath.DEPTH_MAX) {
            in.fail(CborFault.TOO_DEEP);
        }
        int lastStart = in.position();
        int lastEnd = lastStart;
        for (int i = 0; i < entries && in.fault() == CborFault.NONE; i++) {
            int keyStart = in.position();
            int keyLength = in.text();
            checkOrder(i, lastStart, lastEnd, keyStart);
            lastStart = keyStart;
            lastEnd = in.position();
            if (keyLength < 1 || pathLength + 1 + keyLength > PATH_MAX) {
                in.fail(CborFault.WRONG_VALUE);
                return;
            }
            path[pathLength] = '.';
            System.arraycopy(in.source(), in.contentOffset(), path, pathLength + 1, keyLength);
            readPart(pathLength + 1 + keyLength, depth);
        }
    }

    private void readPart(int pathLength, int depth) {
        if (in.peekType() == CborType.MAP) {
            readTree(pathLength, depth + 1);
            return;
        }
        FieldPath part = paths.of(path, pathLength);
        if (part == null) {
            in.fail(CborFault.WRONG_VALUE);
        } else if (in.peekType() == CborType.BYTES) {
            int length = in.bytes();
            if (length >= 0) {
                into.setBytes(part, in.source(), in.contentOffset(), length);
            }
        } else {
            readText(part);
        }
    }

    private void readText(FieldPath part) {
        int length = in.text();
        int characters = length < 0 ? length : toLatin1(length);
        if (characters >= 0) {
            into.set(part, latin1, 0, characters);
        }
    }

    /** Brings the text read last to ISO-8859-1; its length, or a fault if it has other characters. */
    private int toLatin1(int length) {
        if (latin1.length < length) {
            Bytes.wipe(latin1);
            latin1 = new byte[Math.max(length, 2 * latin1.length)];
        }
        byte[] src = in.source();
        int end = in.contentOffset() + length;
        int count = 0;
        for (int at = in.contentOffset(); at < end; at++) {
            int unit = src[at] & 0xFF;
            if (unit >= 0xC4) {
                return in.fail(CborFault.WRONG_VALUE);
            }
            latin1[count++] = (byte) (unit < 0x80 ? unit : (unit & 3) << 6 | src[++at] & 0x3F);
        }
        latin1Used = Math.max(latin1Used, count);
        return count;
    }

    private int decimal(int offset, int length) {
        byte[] src = in.source();
        int value = 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = src[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return length > 0 ? value : -1;
    }
}
