package io.fluxrig.engine.gears.conductor.valet;

import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig;
import io.fluxrig.engine.gears.conductor.correlation.Confirmation;
import io.fluxrig.engine.gears.conductor.correlation.CorrelationKey;
import io.fluxrig.engine.gears.conductor.correlation.RequestIdentity;
import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.kept.ParkedFields;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.Arrays;

/** Reads requests that stand in tickets of another run, or another rack, under this run's configuration and dialects. One thread. */
final class StoredRequests {
    private final SpecCatalog specs;
    private final KeptBytes keptBytes = new KeptBytes();
    private final CorrelationKey key;
    private final RequestIdentity identity;
    private final Confirmation confirmation;
    private final ParkedFields parkedFields;
    private final FluxMsg message = new FluxMsg();
    private final IsoPayload payload = new IsoPayload();

    /** @param identitySeed of this run */
    StoredRequests(ConductorConfig config, SpecCatalog specs, long identitySeed) {
        this.specs = specs;
        this.key = new CorrelationKey(config.correlationKey());
        this.identity = new RequestIdentity(config.restampedFields(), identitySeed);
        this.confirmation = new Confirmation(config.confirmFields());
        this.parkedFields = new ParkedFields(config.parkFields());
    }

    /** What this run reads in a ticket's request; nothing where its dialect is not there. */
    RestoredTicket.Reading read(StoredTicket stored) {
        Spec spec = stored.requestDialect == null ? null : specs.byHash(stored.requestDialect);
        boolean known = spec != null || stored.requestDialect == null && stored.requestAsFields;
        try {
            if (!known
                    || !keptBytes.read(
                            keptBytes.numberOf(spec, stored.requestAsFields),
                            stored.request,
                            stored.request.length,
                            message,
                            payload)
                    || key.read(payload) < 0) {
                return new RestoredTicket.Reading(null, null, 0, 0, new byte[0]);
            }
            byte[] own = Arrays.copyOf(key.bytes(), key.length());
            long fingerprint = identity.of(payload);
            long confirms = confirmation.of(payload);
            int parked = Math.max(0, parkedFields.take(payload));
            return new RestoredTicket.Reading(
                    spec, own, fingerprint, confirms, Arrays.copyOf(parkedFields.bytes(), parked));
        } finally {
            key.wipe();
            parkedFields.wipe();
            payload.wipe();
            message.clear();
        }
    }
}
