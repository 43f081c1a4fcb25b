package io.fluxrig.cli.spec;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import java.util.List;

/** Reads messages of one dialect. Single threaded. */
final class MessageReader {
    private final IsoCodec codec;
    private final IsoMessage message = new IsoMessage();

    MessageReader(Spec spec) {
        codec = new IsoCodec(spec.wire());
    }

    MessageReading read(byte[] bytes, int offset, int length) {
        if (codec.decode(bytes, offset, length, message) >= 0) {
            return new MessageReading(bytes, offset, length, FieldRows.of(message), null);
        }
        MessageReading.Fault fault = MessageReading.Fault.of(codec.error());
        boolean begun = codec.decodeReadable(bytes, offset, length, message) >= 0;
        return new MessageReading(bytes, offset, length, begun ? FieldRows.of(message) : List.of(), fault);
    }

    /** Whether these bytes are one message, from the first to the last. */
    boolean fits(byte[] bytes, int offset, int length) {
        return codec.decode(bytes, offset, length, message) == length;
    }
}
