package io.fluxrig.engine.gears.conductor.kept;

import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.cbor.CborWriter;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a message into bytes that a ticket can keep, and back into a message: its wire bytes where they say all of it, else
 * its fields as CBOR.
 *
 * <p>The bytes of {@link #of} are the message's own or this object's and hold until the next call; {@link #wipe} zeroes
 * those that are this object's. Strip thread only; allocates when it meets a dialect for the first time.
 */
public final class KeptBytes {
    /** What {@link #of} returns where the message is too long to keep. */
    public static final int TOO_LONG = -1;

    /** Longest message kept as fields. */
    private static final int FIELDS_LENGTH_MAX = 64 * 1024;

    /** Set in a dialect's number where the bytes are fields. */
    private static final int AS_FIELDS = 1 << 16;

    private static final int NO_DIALECT = 0;

    private final List<Spec> dialects = new ArrayList<>();
    private final List<IsoCodec> codecs = new ArrayList<>();
    private final List<String> shortHashes = new ArrayList<>();
    private final CborWriter writer = new CborWriter();
    private final byte[] scratch = new byte[FIELDS_LENGTH_MAX];
    private int scratchUsed;
    private byte[] bytes = scratch;
    private int offset;
    private int dialect;

    /** One for each strip: the numbers of dialects are its own. */
    public KeptBytes() {
        dialects.add(null);
        codecs.add(null);
        shortHashes.add(null);
    }

    /**
     * Gives numbers to the dialects that another conductor has met, so that the next message need not wait for that.
     *
     * @param current those of the scenario: no others, or changes would add up
     */
    @SuppressWarnings("ReferenceEquality") // as number()
    public void meet(KeptBytes known, SpecCatalog current) {
        known.dialects.subList(NO_DIALECT + 1, known.dialects.size()).stream()
                .filter(spec -> current.byHash(spec.shortHash()) == spec)
                .forEach(this::number);
    }

    /** The message as bytes; their length, or {@link #TOO_LONG}. */
    public int of(FluxMsg message, IsoPayload payload) {
        dialect = number(payload.spec());
        if (payload.derivedFromRaw() && message.rawLength() > 0) {
            bytes = message.raw();
            offset = message.rawOffset();
            return message.rawLength();
        }
        dialect |= AS_FIELDS;
        bytes = scratch;
        offset = 0;
        payload.writeTo(writer.on(scratch, 0, scratch.length));
        int written = writer.result();
        scratchUsed = Math.max(scratchUsed, written < 0 ? scratch.length : written);
        return written < 0 ? TOO_LONG : written;
    }

    /** Where the message lies that {@link #of} was given last, from {@link #offset} on. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} it begins. */
    public int offset() {
        return offset;
    }

    /** Number of the dialect and the form of the bytes; a ticket keeps it beside them. */
    public int dialect() {
        return dialect;
    }

    /**
     * Makes kept bytes a message again; {@code into} points at {@code kept} where those are wire bytes.
     *
     * @return false if they do not decode, which was possible once and should be again
     */
    public boolean read(int dialectNumber, byte[] kept, int length, FluxMsg into, IsoPayload payload) {
        int number = dialectNumber & ~AS_FIELDS;
        boolean read;
        if (number == dialectNumber) {
            read = codecs.get(number).decode(kept, 0, length, payload.message()) >= 0;
            into.raw(kept, 0, length);
        } else {
            read = payload.readFrom(kept, 0, length) >= 0;
            into.raw(kept, 0, 0);
        }
        payload.spec(dialects.get(number));
        into.payload(payload);
        return read;
    }

    /** {@code codec.spec_hash} of a dialect, as one text that is not made anew. */
    String shortHash(Spec spec) {
        return shortHashes.get(number(spec));
    }

    /** The same of a dialect's number; null where the bytes have no dialect. */
    public String shortHash(int dialectNumber) {
        return shortHashes.get(dialectNumber & ~AS_FIELDS);
    }

    /** Whether that number says that the bytes are fields. */
    public static boolean areFields(int dialectNumber) {
        return (dialectNumber & AS_FIELDS) != 0;
    }

    /** The number of a dialect for bytes that were kept in another run. */
    public int numberOf(Spec spec, boolean fields) {
        return number(spec) | (fields ? AS_FIELDS : 0);
    }

    /** Zeroes what is this object's own; the message's wire bytes stay. */
    public void wipe() {
        Bytes.wipe(scratch, 0, scratchUsed);
        scratchUsed = 0;
    }

    /** Found by identity among the few dialects of a scenario. */
    @SuppressWarnings("ReferenceEquality") // the catalog hands out one instance of each
    private int number(Spec spec) {
        for (int i = NO_DIALECT; i < dialects.size(); i++) {
            if (dialects.get(i) == spec) {
                return i;
            }
        }
        dialects.add(spec);
        codecs.add(new IsoCodec(spec.wire()));
        shortHashes.add(spec.shortHash());
        return dialects.size() - 1;
    }
}
