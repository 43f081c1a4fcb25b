package io.fluxrig.engine.passport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;

/**
 * Records as CBOR maps (RFC 8949), for passports and control messages; unknown keys are skipped, so that a newer node can say more.
 * What comes from others is bounded before it is read: length, depth, texts and numbers. Any thread.
 */
public final class Cbor {
    private static final int DEPTH_MAX = 8;
    private static final int TEXT_MAX = 64 << 10;
    private static final int NUMBER_MAX = 32;
    private static final int NAME_MAX = 256;

    private static final ObjectMapper MAPPER = new ObjectMapper(CBORFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxStringLength(TEXT_MAX)
                            .maxNumberLength(NUMBER_MAX)
                            .maxNameLength(NAME_MAX)
                            .build())
                    .build())
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true)
            .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true);

    private static final String OTHER = "its %d bytes hold something else";

    private Cbor() {}

    /** The record as bytes. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass().getSimpleName() + " cannot be written", e);
        }
    }

    /**
     * What bytes of somebody else hold.
     *
     * @param lengthMax of the bytes
     * @throws IOException if they are too long, or hold no such record; the text says which and quotes nothing of them
     */
    public static <T> T read(byte[] bytes, Class<T> type, int lengthMax) throws IOException {
        if (bytes.length > lengthMax) {
            throw new IOException("length=" + bytes.length + " max=" + lengthMax);
        }
        T value;
        try {
            value = MAPPER.readValue(bytes, type);
        } catch (IOException | RuntimeException malformed) {
            throw new IOException(OTHER.formatted(bytes.length), malformed);
        }
        if (value == null) {
            throw new IOException(OTHER.formatted(bytes.length));
        }
        return value;
    }
}
