package io.fluxrig.engine.message;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.cbor.CborWriter;
import io.fluxrig.transport.msg.Payload;

/**
 * A decoded ISO 8583 message as the payload of a {@link io.fluxrig.transport.msg.FluxMsg}, with the dialect it was read
 * in.
 *
 * <pre>
 *   "data": { "iso8583": { "2": text, ..., "52": bytes, "55": { "9F02": bytes, ... }, ..., "mti": "0100" } }
 * </pre>
 *
 * Values are canonical: text, byte strings, or maps of a composite's parts. Mutable and reused: owned by the gear that
 * decodes into it, lent with the carrier for the call. One strip's thread.
 */
public final class IsoPayload implements Payload {
    private final IsoMessage message = new IsoMessage();
    private Spec spec;
    private IsoDataWriter writer;
    private IsoDataReader reader;
    private CborReader in;

    /** The fields. */
    public IsoMessage message() {
        return message;
    }

    /** The dialect that the fields were read in, null if they were made by hand. */
    public Spec spec() {
        return spec;
    }

    public void spec(Spec dialect) {
        spec = dialect;
    }

    /** Empties the message and zeroes its bytes. */
    public void wipe() {
        message.wipe();
        spec = null;
    }

    @Override
    public boolean derivedFromRaw() {
        return spec != null && message.pristine();
    }

    @Override
    public void writeTo(CborWriter out) {
        if (writer == null) {
            writer = new IsoDataWriter();
        }
        writer.write(message, out);
    }

    /**
     * Becomes what a {@code data} map says, as canonical values of no dialect. A map without {@code iso8583} gives an empty
     * message.
     *
     * @return {@link CborFault#NONE}, or a negative fault with the message left empty
     */
    public int readFrom(byte[] src, int offset, int length) {
        if (in == null) {
            in = new CborReader();
        }
        readFrom(in.on(src, offset, length));
        if (in.end() != CborFault.NONE) {
            message.clear();
        }
        return in.fault();
    }

    /**
     * As {@link #readFrom(byte[], int, int)}, of the item that comes next; faults stay with the reader.
     *
     * @return whether the data holds an ISO 8583 message
     */
    public boolean readFrom(CborReader from) {
        if (reader == null) {
            reader = new IsoDataReader();
        }
        spec = null;
        message.clear();
        if (reader.read(from, message) != CborFault.NONE) {
            message.clear();
            return false;
        }
        return reader.found();
    }

    @Override
    public IsoPayload copyInto(Payload spare) {
        IsoPayload copy = spare instanceof IsoPayload unused ? unused : new IsoPayload();
        copy.message.copyFrom(message);
        copy.spec = spec;
        return copy;
    }
}
