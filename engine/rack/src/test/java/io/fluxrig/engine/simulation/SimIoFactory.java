package io.fluxrig.engine.simulation;

import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import java.util.List;

/** Builds {@link SimIo} on the network of the run at hand, so that one scenario serves all runs of a thread. */
final class SimIoFactory implements GearFactory {
    private static final GearManifest MANIFEST = new GearManifest(
            "sim_io",
            "Simulated sockets.",
            List.of(new Port("in", "to peers"), new Port("in_peer", "the same from another strip")),
            List.of(new Port("out", "from peers")),
            List.of(ConfigKey.choice("mode", "server", "who opens connections", "server", "client")));

    private SimNet net;

    void net(SimNet ofTheRun) {
        net = ofTheRun;
    }

    @Override
    public GearManifest manifest() {
        return MANIFEST;
    }

    @Override
    public Gear create(GearContext context) {
        return new SimIo(context, net);
    }
}
