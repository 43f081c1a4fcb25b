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
        int outcome = read(src, offset, length, into);
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
        int outcome = read(src, offset, length, into);
        if (outcome < 0 && into.mti() < 0) {
            into.wipe();
            return outcome;
        }
        return length;
    }

    /** Unpacks and brings over what was unpacked, though it may be the part ahead of a fault; 0, or why it was refused. */
    private int read(byte[] src, int offset, int length, IsoMessage into) {
        into.clear();
        byte[] bytes = Arrays.copyOfRange(src, offset, offset + length);
        ISOMsg unpacked = null;
        try {
            unpacked = created();
            int used = packager.unpack(unpacked, bytes);
            int refused = refusedBehind(used, length);
            return refused == 0 ? reader.read(unpacked, into) : refusedAfter(refused, unpacked, into);
        } catch (Throwable thrown) {
            rethrowIfOfTheProcess(thrown);
            return refusedAfter(JposRefusal.unpacking(thrown, name, unpacked, length, error), unpacked, into);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private ISOMsg created() throws ISOException {
        ISOMsg made = packager.createISOMsg();
        if (made == null) {
            throw new ISOException("createISOMsg made none");
        }
        return made;
    }

    private int refusedBehind(int used, int length) {
        if (used < 0) {
            String says = "what " + name + " unpacks; it says that it used " + used + " bytes";
            return error.refuse(CodecError.CODE, CodecError.AT_MESSAGE, CodecError.NOWHERE, says, 0, 0);
        }
        return used < length && trailingRefused
                ? error.refuse(CodecError.TRAILING_BYTES, CodecError.AT_MESSAGE, used, "", used, length - used)
                : 0;
    }

    /** Brings over what can be read of a message that was refused; the first fault is the one to tell. */
    private static int refusedAfter(int refused, ISOMsg unpacked, IsoMessage into) {
        try {
            if (unpacked != null) {
                new IsoMsgReader(new CodecError()).read(unpacked, into);
            }
        } catch (Throwable unreadable) {
            rethrowIfOfTheProcess(unreadable); // else nothing more can be read than was
        }
        return refused;
    }

    /**
     * What a packager throws is about one message, whatever its class: assertions, and checked exceptions that other languages do not
     * declare, among them. All but what the virtual machine throws on its own account.
     */
    private static void rethrowIfOfTheProcess(Throwable thrown) {
        if (thrown instanceof VirtualMachineError failure && !(thrown instanceof StackOverflowError)) {
            throw failure;
        }
    }

    /** Never: who wrote the bytes that came is not known, and the spec does not say how they stand. */
    @Override
    public boolean writes(IsoPayload fields) {
        return false;
    }

    @Override
    public int encode(IsoMessage message, byte[] dst, int offset) {
        byte[] bytes;
        try {
            ISOMsg packed = created();
            int outcome = writer.write(message, packed, packager);
            if (outcome < 0) {
                return outcome;
            }
            bytes = pack(packed);
        } catch (Throwable thrown) {
            rethrowIfOfTheProcess(thrown);
            return JposRefusal.packing(thrown, name, error);
        }
        return written(bytes, dst, offset);
    }

    private byte[] pack(ISOMsg message) throws ISOException {
        message.setPackager(packager);
        if (header.length > 0) {
            message.setHeader(header);
        }
        byte[] bytes = message.pack();
        if (bytes == null) {
            throw new ISOException("pack made no bytes");
        }
        return bytes;
    }

    private int written(byte[] bytes, byte[] dst, int offset) {
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
