package io.fluxrig.engine.gears;

import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.engine.scenario.Scenario;
import io.fluxrig.engine.strip.SimStrips;
import io.fluxrig.engine.strip.StripSettings;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/** Gears between probes on a virtual clock: a scenario in, messages by hand, what came out. */
public final class SimRig {
    public static final String ASCII = "../specs/v87-ascii.yaml";
    public static final String BCD = "../specs/scheme-b-bcd.yaml";

    public final SimStrips strips;
    private final Scenario scenario;
    private final StripPlan plan;

    public SimRig(String gearsAndWires) {
        this(gearsAndWires, 1);
    }

    public SimRig(String gearsAndWires, int count) {
        scenario = TestPlans.scenario(gearsAndWires);
        plan = TestPlans.plan(scenario);
        strips = new SimStrips(plan, StripSettings.defaults(count), scenario.specs(), 1);
        strips.start();
    }

    public Spec spec(String path) {
        return scenario.specs().bySpecPath(path);
    }

    /** The probe of that name on strip 0. */
    public Probe probe(String name) {
        return (Probe) strips.strip(0).gear(ordinal(name));
    }

    public int ordinal(String name) {
        for (int i = 0; i < plan.gears().size(); i++) {
            if (plan.gears().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new AssertionError("no gear " + name);
    }

    /** Sends out of a probe's port on strip 0; the outcome. */
    public int send(String probe, String port, FluxMsg message) {
        int[] outcome = new int[1];
        strips.on(0, strip -> {
            Output out = probe(probe).context.output(port);
            outcome[0] = out.emit(message);
        });
        return outcome[0];
    }

    /** A message with fields, as a decoder would hand it on. */
    public FluxMsg decoded(String spec, Map<Integer, String> fields) {
        FluxMsg message = raw(bytes(spec, fields));
        IsoPayload payload = new IsoPayload();
        int used = new IsoCodec(spec(spec).wire())
                .decode(message.raw(), message.rawOffset(), message.rawLength(), payload.message());
        if (used < 0) {
            throw new AssertionError("does not decode: " + used);
        }
        payload.spec(spec(spec));
        message.payload(payload);
        return message;
    }

    /** A message of bytes only, from connection 77. */
    public static FluxMsg raw(byte[] bytes) {
        FluxMsg message = new FluxMsg();
        message.id(1);
        message.raw(bytes, 0, bytes.length);
        message.meta().set(MetaKey.CONN_ID, 77);
        return message;
    }

    /** The wire bytes of a message; key 0 is the MTI. */
    public byte[] bytes(String spec, Map<Integer, String> fields) {
        IsoMessage message = new IsoMessage();
        fields.forEach((field, value) -> {
            if (field == 0) {
                message.setMti(Integer.parseInt(value));
            } else {
                message.setAscii(field, value);
            }
        });
        IsoCodec codec = new IsoCodec(spec(spec).wire());
        byte[] bytes = new byte[4096];
        int length = codec.encode(message, bytes, 0);
        if (length < 0) {
            throw new AssertionError(codec.error().toString());
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Runs something on strip 0 as one batch. */
    public void batch(Consumer<SimRig> action) {
        strips.on(0, strip -> action.accept(this));
    }
}
