package io.fluxrig.engine.gears;

import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

/** A gear that remembers what it is handed and says whatever outcome the test wants. */
public final class Probe implements Gear {
    /** What it was handed, oldest first. */
    public final List<Seen> seen = new CopyOnWriteArrayList<>();

    public final List<Signal> signals = new CopyOnWriteArrayList<>();

    /** What it says to each message; a message that is not accepted is not remembered. */
    public volatile ToIntFunction<FluxMsg> outcome = message -> Outcome.ACCEPTED;

    public final GearContext context;

    private Probe(GearContext context) {
        this.context = context;
    }

    /** A copy of one message. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Seen(byte[] raw, Map<Integer, String> fields, Map<MetaKey, String> meta, long id, long refId) {
        public String field(int number) {
            return fields.get(number);
        }

        public String meta(MetaKey key) {
            return meta.get(key);
        }
    }

    @Override
    public int onMessage(int inPort, FluxMsg message) {
        int said = outcome.applyAsInt(message);
        if (said == Outcome.ACCEPTED) {
            seen.add(copy(message));
        }
        return said;
    }

    @Override
    public void onSignal(Signal signal) {
        signals.add(signal);
    }

    private static Seen copy(FluxMsg message) {
        Map<Integer, String> fields = new TreeMap<>();
        if (message.payload() instanceof IsoPayload payload) {
            IsoMessage iso = payload.message();
            for (int field = iso.nextField(-1); field >= 0; field = iso.nextField(field)) {
                fields.put(field, iso.text(field));
            }
        }
        Map<MetaKey, String> meta = new EnumMap<>(MetaKey.class);
        for (MetaKey key : MetaKey.values()) {
            if (message.meta().has(key)) {
                meta.put(key, message.meta().text(key));
            }
        }
        byte[] raw = Arrays.copyOfRange(message.raw(), message.rawOffset(), message.rawOffset() + message.rawLength());
        return new Seen(raw, fields, meta, message.id(), message.refId());
    }

    /** Type {@code probe}: inputs {@code in} and {@code in_reply}, output {@code out}. */
    public static final class Factory implements GearFactory {
        @Override
        public GearManifest manifest() {
            return new GearManifest(
                    "probe",
                    "Remembers what it is handed.",
                    List.of(new GearManifest.Port("in", "messages"), new GearManifest.Port("in_reply", "messages")),
                    List.of(new GearManifest.Port("out", "what the test sends")),
                    List.of(ConfigKey.text("note", null, "nothing")));
        }

        @Override
        public Gear create(GearContext context) {
            return new Probe(context);
        }
    }
}
