package io.fluxrig.transport.msg;

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

    private final String text;

    MetaKey(String text) {
        this.text = text;
    }

    /** The key as it stands in CBOR and in scenarios. */
    public String text() {
        return text;
    }
}
