package io.fluxrig.mixer.scenario;

import io.fluxrig.mixer.bus.PushLine;
import io.fluxrig.mixer.registry.ActivationEntry;
import java.util.ArrayList;
import java.util.List;

/** A line that a test cuts, and that takes what it lets it take. */
final class LineOfATest implements PushLine {
    final List<ActivationEntry> pushed = new ArrayList<>();
    boolean connected = true;
    boolean takes = true;
    long bodyMax = 8 << 20;

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public long bodyMax() {
        return connected ? bodyMax : 0;
    }

    @Override
    public boolean push(ActivationEntry activation, byte[] bundle) {
        boolean taken = connected && takes && bundle.length <= bodyMax;
        if (taken) {
            pushed.add(activation);
        }
        return taken;
    }
}
