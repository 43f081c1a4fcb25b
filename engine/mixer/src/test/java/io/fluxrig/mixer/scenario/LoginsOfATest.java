package io.fluxrig.mixer.scenario;

import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.enrol.Logins;
import java.util.HashMap;
import java.util.Map;

/** A nats-server that is told what racks may do, and remembers how often and what last. */
final class LoginsOfATest implements Logins {
    /** Ahead of a scenario that is sent. */
    int sent;

    int all;
    final Map<String, WireRights> last = new HashMap<>();
    boolean can = true;
    boolean leftOut;

    @Override
    public boolean managed() {
        return true;
    }

    @Override
    public boolean isMixers(byte[] login) {
        return false;
    }

    @Override
    public void admit(String rack, byte[] login) {}

    @Override
    public void admitOnly(Map<String, byte[]> admitted) {}

    @Override
    public boolean allow(Map<String, WireRights> rights, boolean soon) {
        sent += soon ? 0 : 1;
        all++;
        last.putAll(rights);
        return can;
    }

    @Override
    public boolean isLeftOut(String rack) {
        return leftOut;
    }

    @Override
    public void expel(String rack) {}
}
