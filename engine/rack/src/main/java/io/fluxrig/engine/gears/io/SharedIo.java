package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the strips' copies of one gear share: its settings, how many connections it has, the port it listens on. Any
 * thread; the counter is atomic, the port is guarded by this object's lock and touched at start only.
 */
final class SharedIo {
    private final IoSettings settings;
    private final AtomicInteger connections = new AtomicInteger();
    private int boundPort;

    private SharedIo(IoSettings settings) {
        this.settings = settings;
    }

    /** Reads a configuration that was checked before. */
    static SharedIo of(GearConfig config) {
        StringBuilder found = new StringBuilder();
        IoSettings settings = IoSettings.read(config, new ConfigFaults() {
            @Override
            public void error(String key, String what, String fix) {
                found.append(key).append(' ').append(what).append("; ");
            }

            @Override
            public void warning(String key, String what, String fix) {}
        });
        if (settings == null) {
            throw new IllegalStateException("io_iso8583 was built from an unchecked configuration: " + found);
        }
        return new SharedIo(settings);
    }

    IoSettings settings() {
        return settings;
    }

    /** Counts a connection in; false, and not counted, if the server has its most already. */
    boolean admit() {
        if (connections.incrementAndGet() <= settings.connectionsMax()) {
            return true;
        }
        connections.decrementAndGet();
        return false;
    }

    void leave() {
        connections.decrementAndGet();
    }

    /** The port that the first strip's listener got, 0 if none listens yet. Hold this object's lock from asking to setting. */
    synchronized int boundPort() {
        return boundPort;
    }

    synchronized void boundPort(int port) {
        boundPort = port;
    }
}
