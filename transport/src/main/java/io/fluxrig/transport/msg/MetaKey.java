package io.fluxrig.transport.msg;

import io.fluxrig.transport.cbor.CborWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The metadata keys the system itself uses; any other key travels along untouched. */
public enum MetaKey {
    CODEC_PROTOCOL("codec.protocol"),
    CODEC_SPEC_HASH("codec.spec_hash"),
    CODEC_SPEC_ID("codec.spec_id"),
    CODEC_SPEC_VERSION("codec.spec_version"),
    CODEC_VIOLATIONS("codec.violations"),
    COATCHECK_TTL("coatcheck.ttl"),
    CONDUCTOR_ORIGIN("conductor.origin"),
    CONN_ID("conn.id"),
    ERROR_REASON("error.reason"),
    EVENT_TYPE("event.type"),
    FLUXRIG_SOURCE("fluxrig.source"),
    ISO_BITMAPS("iso8583.bitmaps"),
    ISO_DST_ID("iso8583.dst_id"),
    ISO_FIELDS("iso8583.fields"),
    ISO_MTI("iso8583.mti"),
    ISO_MTI_CLASS("iso8583.mti_class"),
    ISO_RAW_HEADER("iso8583.raw_header"),
    ISO_SRC_ID("iso8583.src_id"),
    PEER_IP("peer.ip"),
    PEER_PORT("peer.port"),
    TIMEOUT_BUCKET("timeout.bucket"),
    TIMEOUT_KEY("timeout.key"),
    TRACEPARENT("traceparent"),
    TRACESTATE("tracestate");

    /** The keys in the order in which deterministic CBOR writes them: shorter first, then by their bytes. */
    private static final MetaKey[] RANKED = ranked();

    private final String text;
    private final byte[] encoded;
    private int rank;

    MetaKey(String text) {
        this.text = text;
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] space = new byte[CborWriter.HEAD_MAX + ascii.length];
        CborWriter out = new CborWriter().on(space, 0, space.length);
        out.text(ascii, 0, ascii.length);
        encoded = Arrays.copyOf(space, out.result());
    }

    /** The key as it stands in CBOR and in scenarios. */
    public String text() {
        return text;
    }

    /** Position among the keys as CBOR orders them. */
    int rank() {
        return rank;
    }

    /** The key as encoded CBOR text; not to be changed. */
    byte[] encoded() {
        return encoded;
    }

    static MetaKey ofRank(int rank) {
        return RANKED[rank];
    }

    static int count() {
        return RANKED.length;
    }

    private static MetaKey[] ranked() {
        MetaKey[] keys = values();
        Arrays.sort(keys, (left, right) -> Arrays.compareUnsigned(left.encoded, right.encoded));
        for (int i = 0; i < keys.length; i++) {
            keys[i].rank = i;
        }
        return keys;
    }
}
