package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.lane.TurboReceiver;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes messages that came over a turbo ring whole and hands them to their gear: a payload that was left out is decoded from
 * {@code raw} again by {@code codec.spec_hash}, one that travelled is read from {@code data}. Strip thread only; allocates
 * nothing once it has met a dialect.
 */
final class Arrivals implements TurboReceiver.Handler {
    private final GearSlot[] slots;
    private final SpecCatalog specs;
    private final GearMetrics metrics;
    private final IsoPayload payload = new IsoPayload();
    private final Map<String, Dialect> dialects = new HashMap<>();
    private final Counter undecodable;
    private boolean dataRead;

    private record Dialect(Spec spec, IsoCodec codec) {}

    Arrivals(GearSlot[] slots, SpecCatalog specs, GearMetrics metrics) {
        this.slots = slots;
        this.specs = specs;
        this.metrics = metrics;
        this.undecodable = metrics.counter(
                "turbo_undecodable_total", "Messages from a turbo ring whose payload could not be made again");
    }

    @Override
    public void onData(CborReader in) {
        dataRead = payload.readFrom(in);
    }

    @Override
    public void onMessage(int target, boolean dataLeftOut, FluxMsg message) {
        int gear = target >>> 8;
        if (dataLeftOut) {
            dataRead = decode(message);
        }
        if (gear >= slots.length || dataLeftOut && !dataRead) {
            undecodable.increment();
            return;
        }
        if (dataRead) {
            message.payload(payload);
        }
        try {
            slots[gear].deliver(target & 0xFF, message);
        } finally {
            wipe();
        }
    }

    @Override
    public void onFault(int target, int fault) {
        wipe();
        metrics.counter("turbo_fault_total", "Turbo records that were no message", "fault", CborFault.name(fault))
                .increment();
    }

    private void wipe() {
        if (dataRead) {
            payload.wipe();
            dataRead = false;
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
                known = new Dialect(spec, new IsoCodec(spec.wire()));
                dialects.put(hash, known);
            }
        }
        return known;
    }
}
