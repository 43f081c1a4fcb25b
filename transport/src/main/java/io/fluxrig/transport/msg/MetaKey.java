package io.fluxrig.transport.msg;

/**
 * The metadata keys the system itself uses; any other key travels along untouched. They stand in the order in which
 * deterministic CBOR writes them, shorter first and then by their bytes: {@link Meta} relies on it.
 */
public enum MetaKey {
    CONN_ID("conn.id"),
    PEER_IP("peer.ip"),
    CONN_RACK("conn.rack"),
    PEER_PORT("peer.port"),
    EVENT_TYPE("event.type"),
    TRACESTATE("tracestate"),
    ISO_MTI("iso8583.mti"),
    TIMEOUT_KEY("timeout.key"),
    TRACEPARENT("traceparent"),
    ERROR_REASON("error.reason"),
    COATCHECK_TTL("coatcheck.ttl"),
    CODEC_SPEC_ID("codec.spec_id"),
    CODEC_PROTOCOL("codec.protocol"),
    FLUXRIG_SOURCE("fluxrig.source"),
    ISO_DST_ID("iso8583.dst_id"),
    ISO_FIELDS("iso8583.fields"),
    ISO_SRC_ID("iso8583.src_id"),
    TIMEOUT_BUCKET("timeout.bucket"),
    CODEC_SPEC_HASH("codec.spec_hash"),
    ISO_BITMAPS("iso8583.bitmaps"),
    CODEC_VIOLATIONS("codec.violations"),
    CONDUCTOR_ORIGIN("conductor.origin"),
    ISO_MTI_CLASS("iso8583.mti_class"),
    CODEC_SPEC_VERSION("codec.spec_version"),
    ISO_RAW_HEADER("iso8583.raw_header");

    private final String text;

    MetaKey(String text) {
        this.text = text;
    }

    /** The key as it stands in CBOR and in scenarios. */
    public String text() {
        return text;
    }
}
