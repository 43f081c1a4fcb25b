package io.fluxrig.bench.engine;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gears.io.IoIso8583Factory;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Stands for {@code io_iso8583} where no kernel is wanted: a message that the rack sends waits here until the benchmark takes
 * it, and one that the benchmark brings goes in as from a socket. One strip's thread; allocates nothing once it is warm.
 */
final class LoopLine implements Gear {
    private static final int WAITING_MAX = 1024;
    private static final int MESSAGE_MAX = 1024;

    private final GearContext context;
    private final Output out;
    private final FluxMsg message = new FluxMsg();
    private final byte[][] waiting = new byte[WAITING_MAX][MESSAGE_MAX];
    private final int[] lengths = new int[WAITING_MAX];
    private int first;
    private int count;

    private LoopLine(GearContext context) {
        this.context = context;
        this.out = context.output("out");
        context.linkReport().up(1);
    }

    @Override
    public int onMessage(int inPort, FluxMsg sent) {
        if (count == WAITING_MAX) {
            return Outcome.FULL;
        }
        int slot = (first + count++) % WAITING_MAX;
        lengths[slot] = sent.rawLength();
        System.arraycopy(sent.raw(), sent.rawOffset(), waiting[slot], 0, sent.rawLength());
        return Outcome.ACCEPTED;
    }

    /** Messages that the rack has sent and nobody has taken. */
    int count() {
        return count;
    }

    /** The oldest of them, valid until it is {@link #taken}. */
    byte[] bytes() {
        return waiting[first];
    }

    /** How many of those bytes are the message. */
    int length() {
        return lengths[first];
    }

    /** Lets go of the oldest. */
    void taken() {
        first = (first + 1) % WAITING_MAX;
        count--;
    }

    /**
     * Hands a message in as if the connection of that number had received it.
     *
     * @return an {@link Outcome}
     */
    int receive(long connection, byte[] bytes, int length, long epochNs) {
        message.clear();
        message.id(context.ids().next(epochNs));
        message.srcId(context.ordinal());
        message.tsEpochNs(epochNs);
        message.raw(bytes, 0, length);
        Meta meta = message.meta();
        meta.set(MetaKey.CONN_ID, connection);
        meta.set(MetaKey.PEER_IP, "127.0.0.1");
        meta.set(MetaKey.PEER_PORT, 40_000 + (connection & 0xFF));
        meta.set(MetaKey.FLUXRIG_SOURCE, context.name());
        return out.emit(message);
    }

    /** Takes the place of {@code io_iso8583} in a catalog. */
    static final class Factory implements GearFactory {
        private final GearManifest manifest = new IoIso8583Factory().manifest();
        private final Map<String, LoopLine> lines = new HashMap<>();

        /** The line made for that gear; null if there is none. */
        LoopLine line(String gear) {
            return lines.get(gear);
        }

        @Override
        public GearManifest manifest() {
            return manifest;
        }

        @Override
        public Gear create(GearContext context) {
            LoopLine line = new LoopLine(context);
            lines.put(context.name(), line);
            return line;
        }
    }
}
