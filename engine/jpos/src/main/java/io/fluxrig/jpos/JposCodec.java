package io.fluxrig.jpos;

import io.fluxrig.engine.gears.codec.MessageCodec;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.wire.TrailingBytes;
import io.fluxrig.iso.wire.WireSpec;
import java.util.Arrays;
import java.util.Objects;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOPackager;

/**
 * Reads and writes messages with a jPOS packager. What it throws is a refusal, told without its text; bytes behind what it unpacks
 * are refused or left alone as the spec's policy says. Allocates for each message; one strip's.
 */
final class JposCodec implements MessageCodec {
    private final ISOPackager packager;
    private final String name;
    private final byte[] header;
    private final boolean trailingRefused;
    private final CodecError error = new CodecError();
    private final IsoMsgReader reader = new IsoMsgReader(error);
    private final IsoMsgWriter writer = new IsoMsgWriter(error);

    /** @param policy of bytes behind a message; its other words are the packager's to say */
    JposCodec(JposPackager made, WireSpec policy) {
        packager = made.packager();
        name = made.name();
        header = made.header();
        trailingRefused = policy.trailing() == TrailingBytes.REFUSE;
    }

    @Override
    public int decode(byte[] src, int offset, int length, IsoMessage into) {
        Objects.checkFromIndexSize(offset, length, src.length);
        ISOMsg unpacked = packager.createISOMsg();
        int outcome = read(src, offset, length, unpacked, into);
        if (outcome < 0) {
            into.wipe();
            return outcome;
        }
        error.clear();
        return length;
    }

    @Override
    public int decodeReadable(byte[] src, int offset, int length, IsoMessage into) {
        Objects.checkFromIndexSize(offset, length, src.length);
        ISOMsg unpacked = packager.createISOMsg();
        int outcome = read(src, offset, length, unpacked, into);
        if (outcome < 0 && into.mti() < 0) {
            into.wipe();
            return outcome;
        }
        return length;
    }

    /** Unpacks and brings over what was unpacked, though it may be the part ahead of a fault; 0, or why it was refused. */
    private int read(byte[] src, int offset, int length, ISOMsg unpacked, IsoMessage into) {
        byte[] bytes = Arrays.copyOfRange(src, offset, offset + length);
        try {
            int refused = unpack(unpacked, bytes);
            if (refused == 0) {
                return reader.read(unpacked, into);
            }
            new IsoMsgReader(new CodecError()).read(unpacked, into); // the first fault is the one to tell
            return refused;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private int unpack(ISOMsg into, byte[] bytes) {
        try {
            int used = packager.unpack(into, bytes);
            return used < bytes.length && trailingRefused
                    ? error.refuse(
                            CodecError.TRAILING_BYTES, CodecError.AT_MESSAGE, used, "", used, bytes.length - used)
                    : 0;
        } catch (ISOException | RuntimeException | StackOverflowError | LinkageError thrown) {
            return JposRefusal.unpacking(thrown, name, into, bytes.length, error);
        }
    }

    /** Never: who wrote the bytes that came is not known, and the spec does not say how they stand. */
    @Override
    public boolean writes(IsoPayload fields) {
        return false;
    }

    @Override
    public int encode(IsoMessage message, byte[] dst, int offset) {
        ISOMsg packed = packager.createISOMsg();
        int outcome = writer.write(message, packed, packager);
        return outcome < 0 ? outcome : pack(packed, dst, offset);
    }

    private int pack(ISOMsg message, byte[] dst, int offset) {
        byte[] bytes;
        try {
            message.setPackager(packager);
            if (header.length > 0) {
                message.setHeader(header);
            }
            bytes = message.pack();
        } catch (ISOException | RuntimeException | StackOverflowError | LinkageError thrown) {
            return JposRefusal.packing(thrown, name, error);
        }
        int room = dst.length - offset;
        if (bytes.length > room) {
            error.refuse(CodecError.NO_ROOM, CodecError.AT_MESSAGE, CodecError.NOWHERE, "", bytes.length, room);
        } else {
            System.arraycopy(bytes, 0, dst, offset, bytes.length);
            error.clear();
        }
        int written = error.code() == CodecError.NONE ? bytes.length : error.code();
        Arrays.fill(bytes, (byte) 0);
        return written;
    }

    @Override
    public CodecError error() {
        return error;
    }
}
