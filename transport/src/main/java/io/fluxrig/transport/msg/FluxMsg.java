package io.fluxrig.transport.msg;

import io.fluxrig.transport.cbor.CborEntries;

/**
 * The carrier that gears hand each other: identity, metadata, the wire bytes and, once decoded, the payload.
 *
 * <p>Mutable and reused. A message is borrowed for the call it is passed in: a gear that wants it later copies what it
 * needs. {@link #raw()} is a slice of somebody else's window and dies with the call too. Used on one strip's thread only.
 */
public final class FluxMsg {
    private static final byte[] NOTHING = new byte[0];

    private final Meta meta = new Meta();
    private final Path path;
    private final CborEntries extras = new CborEntries();
    private long id;
    private long refId;
    private long traceHi;
    private long traceLo;
    private int srcId;
    private int flags;
    private long tsEpochNs;
    private Payload payload;
    private byte[] raw = NOTHING;
    private int rawOffset;
    private int rawLength;
    private byte[] data = NOTHING;
    private int dataOffset;
    private int dataLength;

    /** A carrier whose path takes the default number of hops. */
    public FluxMsg() {
        this(Path.HOPS_DEFAULT);
    }

    /**
     * @param hopsMax longest path, 1 to {@link Path#HOPS_MAX}
     */
    public FluxMsg(int hopsMax) {
        path = new Path(hopsMax);
    }

    /** Forgets everything; the carrier is as new. */
    public void clear() {
        clearForRead();
        dropUnread();
    }

    /** Forgets everything but whose the bytes were: the next message mostly lies in the same. See {@link #dropUnread}. */
    void clearForRead() {
        meta.clear();
        id = 0;
        refId = 0;
        traceHi = 0;
        traceLo = 0;
        srcId = 0;
        flags = 0;
        tsEpochNs = 0;
        payload = null;
        rawLength = 0;
        dataLength = 0;
        path.clear();
        if (extras.count() != 0) {
            extras.clear();
        }
    }

    /** Lets go of bytes that hold nothing of this message. */
    void dropUnread() {
        if (rawLength == 0) {
            raw(NOTHING, 0, 0);
        }
        if (dataLength == 0) {
            data(NOTHING, 0, 0);
        }
    }

    /**
     * Becomes a copy of another message that the two may go different ways with. The wire bytes and undecoded data stay those
     * of the other, still borrowed; all else is this message's own.
     *
     * @param sparePayload a payload to fill if the other has one of its kind, may be null
     */
    public void copyFrom(FluxMsg other, Payload sparePayload) {
        meta.copyFrom(other.meta);
        path.copyFrom(other.path);
        extras.copyFrom(other.extras);
        id = other.id;
        refId = other.refId;
        traceHi = other.traceHi;
        traceLo = other.traceLo;
        srcId = other.srcId;
        flags = other.flags;
        tsEpochNs = other.tsEpochNs;
        payload = other.payload == null ? null : other.payload.copyInto(sparePayload);
        raw(other.raw, other.rawOffset, other.rawLength);
        data(other.data, other.dataOffset, other.dataLength);
    }

    /** The wires passed so far. */
    public Path path() {
        return path;
    }

    /** Top-level keys that are none of ours, as they came. */
    CborEntries extras() {
        return extras;
    }

    public Meta meta() {
        return meta;
    }

    public long id() {
        return id;
    }

    public void id(long value) {
        id = value;
    }

    /** The message this one answers or derives from, 0 if none. */
    public long refId() {
        return refId;
    }

    public void refId(long value) {
        refId = value;
    }

    /** W3C trace id, upper half; both halves 0 means none. */
    public long traceHi() {
        return traceHi;
    }

    public long traceLo() {
        return traceLo;
    }

    public void trace(long hi, long lo) {
        traceHi = hi;
        traceLo = lo;
    }

    /** Number of the gear that created the message. */
    public int srcId() {
        return srcId;
    }

    public void srcId(int value) {
        srcId = value;
    }

    public int flags() {
        return flags;
    }

    public void flags(int value) {
        flags = value;
    }

    /** Unix nanoseconds at entry. */
    public long tsEpochNs() {
        return tsEpochNs;
    }

    public void tsEpochNs(long value) {
        tsEpochNs = value;
    }

    /** Null until something decoded the message, and again after an encode. */
    public Payload payload() {
        return payload;
    }

    public void payload(Payload value) {
        payload = value;
    }

    public byte[] raw() {
        return raw;
    }

    public int rawOffset() {
        return rawOffset;
    }

    public int rawLength() {
        return rawLength;
    }

    /** Points at wire bytes owned by the caller. */
    public void raw(byte[] bytes, int offset, int length) {
        if (raw != bytes) { // a store of a reference costs more than this question
            raw = bytes;
        }
        rawOffset = offset;
        rawLength = length;
    }

    /** The value of {@code data} as it came over a wire, encoded CBOR; what is written while there is no payload. */
    public byte[] data() {
        return data;
    }

    public int dataOffset() {
        return dataOffset;
    }

    /** 0 if the message came without data. */
    public int dataLength() {
        return dataLength;
    }

    /** Points at one encoded CBOR map owned by the caller. */
    public void data(byte[] bytes, int offset, int length) {
        if (data != bytes) {
            data = bytes;
        }
        dataOffset = offset;
        dataLength = length;
    }
}
