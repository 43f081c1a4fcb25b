package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;
import java.util.HashMap;
import java.util.Map;

/**
 * The payload of a message that came as CBOR: read from {@code data}, or decoded from {@code raw} again by {@code
 * codec.spec_hash} where it was left out.
 *
 * <p>Fields that came from a rack with another version of their dialect, as while one rack runs a scenario already and the other does not
 * yet, go by the names of the version that runs here ({@code codec.spec_id}): what they hold is canonical, and only what configuration calls
 * them is the dialect's. Bytes are never decoded so.
 *
 * <p>Strip thread only; allocates nothing once it has met a dialect.
 */
final class ArrivedPayload {
    private static final int OTHERS_MAX = 64;

    private final SpecHistory specs;
    private final IsoPayload payload = new IsoPayload();
    /** Those that came; no more than the history knows, for whatever it has forgotten goes when another comes. */
    private final Map<String, Dialect> dialects = new HashMap<>();

    /** What stands for versions that are not here, by their hash; null for those of no dialect that runs. */
    private final Map<String, Spec> others = new HashMap<>();
    /** The catalog that those are of. */
    private SpecCatalog othersOf;

    private boolean present;
    /** Whether the fields go by the names of another version. */
    private boolean other;

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
        other = false;
        if (leftOut) {
            present = decode(message);
        } else if (present) {
            payload.spec(names(message.meta()));
        }
        if (present) {
            message.payload(payload);
        }
        return present || !leftOut;
    }

    /** Whether the message that was attached last goes by the names of another version of its dialect. */
    boolean ofOtherVersion() {
        return other;
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

    /** The dialect whose names the fields of a message go by: its own, else the version of it that runs here; null for none. */
    private Spec names(Meta meta) {
        String hash = meta.text(MetaKey.CODEC_SPEC_HASH);
        if (hash == null) {
            return null;
        }
        Dialect own = dialects.get(hash);
        if (own == null && !isLookedUp(hash)) {
            own = dialect(hash);
            if (own == null) {
                lookUp(hash, meta.text(MetaKey.CODEC_SPEC_ID));
            }
        }
        if (own != null) {
            return own.spec;
        }
        Spec running = others.get(hash);
        other = running != null;
        return running;
    }

    @SuppressWarnings("ReferenceEquality") // each scenario has a catalog of its own
    private boolean isLookedUp(String hash) {
        SpecCatalog running = specs.running();
        if (running != othersOf) {
            others.clear();
            othersOf = running;
        }
        return others.containsKey(hash);
    }

    private void lookUp(String hash, String id) {
        if (others.size() >= OTHERS_MAX) {
            others.clear();
        }
        others.put(hash, othersOf.byId(id));
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
