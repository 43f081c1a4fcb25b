package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.lane.TurboReceiver;
import io.fluxrig.transport.msg.FluxMsg;

/**
 * Makes messages that came over a turbo ring whole and hands them to their gear: a payload that was left out is decoded from
 * {@code raw} again by {@code codec.spec_hash}, one that travelled is read from {@code data}. Strip thread only; allocates
 * nothing once it has met a dialect.
 */
final class Arrivals implements TurboReceiver.Handler {
    private final GearSlots slots;
    private final GearMetrics metrics;
    private final ArrivedPayload payload;
    private final Counter undecodable;

    Arrivals(GearSlots slots, SpecHistory specs, GearMetrics metrics) {
        this.slots = slots;
        this.payload = new ArrivedPayload(specs);
        this.metrics = metrics;
        this.undecodable = metrics.counter(
                "turbo_undecodable_total", "Messages from a turbo ring whose payload could not be made again");
    }

    @Override
    public void onData(CborReader in) {
        payload.read(in);
    }

    @Override
    public void onMessage(int target, boolean dataLeftOut, FluxMsg message) {
        GearSlot slot = slots.find(target >>> 8);
        if (slot == null || !payload.attach(message, dataLeftOut)) {
            undecodable.increment();
            return;
        }
        try {
            slot.deliver(target & 0xFF, message);
        } finally {
            payload.wipe();
        }
    }

    @Override
    public void onFault(int target, int fault) {
        payload.wipe();
        metrics.counter("turbo_fault_total", "Turbo records that were no message", "fault", CborFault.name(fault))
                .increment();
    }
}
