package io.fluxrig.engine.strip;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.HashMap;
import java.util.Map;

/**
 * The payload of a message that came as CBOR: read from {@code data}, or decoded from {@code raw} again by {@code
 * codec.spec_hash} where it was left out. Strip thread only; allocates nothing once it has met a dialect.
 */
final class ArrivedPayload {
    private final SpecHistory specs;
    private final IsoPayload payload = new IsoPayload();
    /** Those that came; no more than the history knows, for whatever it has forgotten goes when another comes. */
    private final Map<String, Dialect> dialects = new HashMap<>();

    private boolean present;

    private record Dialect(Spec spec, IsoCodec codec) {}

    ArrivedPayload(SpecHistory specs) {
        this.specs = specs;
    }

    /** Reads {@code data}; what is no payload of ours is skipped. */
    void read(CborReader in) {
        present = payload.readFrom(in);
    }

    /** Puts the payload into its message; false if it was left out and cannot be made again. */
    boolean attach(FluxMsg message, boolean leftOut) {
        if (leftOut) {
            present = decode(message);
        } else if (present) {
            Dialect dialect = dialect(message.meta().text(MetaKey.CODEC_SPEC_HASH));
            payload.spec(dialect == null ? null : dialect.spec); // aliases are names of its dialect's
        }
        if (present) {
            message.payload(payload);
        }
        return present || !leftOut;
    }

    void wipe() {
        if (present) {
            payload.wipe();
            present = false;
        }
    }

    private boolean decode(FluxMsg message) {
        Dialect dialect = dialect(message.meta().text(MetaKey.CODEC_SPEC_HASH));
        if (dialect == null) {
            return false;
        }
        int used = dialect.codec.decode(message.raw(), message.rawOffset(), message.rawLength(), payload.message());
        payload.spec(dialect.spec);
        return used > 0;
    }

    private Dialect dialect(String hash) {
        Dialect known = dialects.get(hash);
        if (known == null && hash != null) {
            Spec spec = specs.byHash(hash);
            if (spec != null) {
                dialects.keySet().removeIf(other -> specs.byHash(other) == null);
                known = new Dialect(spec, new IsoCodec(spec.wire()));
                dialects.put(hash, known);
            }
        }
        return known;
    }
}
