package io.fluxrig.cli.spec;

import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.spec.Spec;
import java.util.HexFormat;
import java.util.List;

/**
 * What came of reading one message.
 *
 * @param bytes where it stands
 * @param offset its first byte
 * @param length how many bytes it has
 * @param rows its values; of one that does not parse, those ahead of what was refused
 * @param fault why it does not parse, or null
 */
@SuppressWarnings("ArrayRecordComponent")
record MessageReading(byte[] bytes, int offset, int length, List<FieldRows.Row> rows, Fault fault) {
    /** The bytes ahead of the message type in upper-case hex, if the dialect has so many and they are there. */
    String header(Spec spec) {
        int header = spec.wire().header();
        return header > length ? "" : HexFormat.of().withUpperCase().formatHex(bytes, offset, offset + header);
    }

    /**
     * Why a message does not parse; holds no value.
     *
     * @param path as {@link FieldRows.Row#path}, {@code bitmap}, or {@code message} for the whole of it
     * @param offset the byte of the message, from 0; {@link #NOWHERE} of one that was to be written
     * @param expected what should have stood there
     */
    record Fault(String path, int offset, String expected) {
        /** The offset of what is not about bytes. */
        static final int NOWHERE = -1;

        static Fault of(CodecError error) {
            String path = error.path();
            String plain = path.startsWith("DE ") ? path.substring(3) : path;
            return new Fault(plain.equals("MTI") ? "mti" : plain, error.byteOffset(), error.expected());
        }

        /** {@code DE 55.9F26 at byte 131: expected ...}. */
        @Override
        public String toString() {
            String where = Character.isDigit(path.charAt(0)) ? "DE " + path : path;
            return where + (offset == NOWHERE ? "" : " at byte " + offset) + ": expected " + expected;
        }
    }
}
