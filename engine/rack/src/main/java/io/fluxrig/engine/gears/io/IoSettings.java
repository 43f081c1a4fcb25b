package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.iso.frame.Framing;

/**
 * The configuration of one {@code io_iso8583} gear, read and checked. Immutable, shared by the strips' copies.
 *
 * @param server whether it listens; otherwise it dials
 * @param address where it listens or dials
 * @param connections links that a client keeps up, over all strips together
 * @param connectTimeoutMs until a connection attempt counts as failed, TLS included
 * @param reconnectWaitNs longest wait between attempts, before jitter
 * @param retireTimeoutNs how long links stay that a reload has replaced
 * @param framing how frames are cut
 * @param connectionsMax most connections of a server, over all strips together
 * @param idleTimeoutNs silence after which a connection is closed, 0 for never
 * @param readTimeoutNs within which a frame begun must end
 * @param writeTimeoutNs within which the peer must take what was flushed to it
 * @param pendingMax most bytes that wait for one connection; twice that with what crosses from other strips
 * @param strictRouting whether a message for a connection that is gone may never take another
 * @param allow who may connect
 * @param tls how connections are encrypted, null for not at all
 * @param frameLog whether length and headers of each frame are logged; never the message
 */
record IoSettings(
        boolean server,
        Address address,
        int connections,
        int connectTimeoutMs,
        long reconnectWaitNs,
        long retireTimeoutNs,
        Framing framing,
        int connectionsMax,
        long idleTimeoutNs,
        long readTimeoutNs,
        long writeTimeoutNs,
        int pendingMax,
        boolean strictRouting,
        AllowList allow,
        TlsSettings tls,
        boolean frameLog) {

    private static final long NS_PER_MS = 1_000_000L;

    /** Reads the configuration and reports everything that is wrong with it; null if anything is. */
    static IoSettings read(GearConfig config, ConfigFaults faults) {
        Counted counted = new Counted(faults);
        boolean server = "server".equals(config.text("mode"));
        Address address = address(config, server, counted);
        Framing framing = FramingConfig.read(config, counted);
        AllowList allow = allow(config, server, counted);
        TlsSettings tls = TlsSettings.read(config.section("tls"), server, counted);
        if (counted.errors > 0) {
            return null;
        }
        return new IoSettings(
                server,
                address,
                (int) config.number("connections"),
                (int) Math.max(1, config.durationNs("connect_timeout") / NS_PER_MS),
                config.durationNs("reconnect_wait"),
                config.durationNs("retire_timeout"),
                framing,
                (int) config.number("max_connections"),
                config.has("idle_timeout") ? config.durationNs("idle_timeout") : 0,
                config.durationNs("read_timeout"),
                config.durationNs("write_timeout"),
                (int) config.number("pending_max"),
                config.flag("strict_connection_routing"),
                allow,
                tls,
                config.flag("unsafe_raw_frame_log"));
    }

    private static Address address(GearConfig config, boolean server, ConfigFaults faults) {
        String wanted = server ? "bind" : "connect";
        String other = server ? "connect" : "bind";
        if (config.has(other)) {
            faults.error(other, "means nothing with mode: " + config.text("mode"), "use " + wanted + " or change mode");
        }
        if (!config.has(wanted)) {
            faults.error(wanted, "is missing with mode: " + config.text("mode"), "add " + wanted + ": \"host:port\"");
            return null;
        }
        Address address = Address.parse(config.text(wanted)).orElse(null);
        if (address == null || !server && (address.host().isEmpty() || address.port() == 0)) {
            faults.error(wanted, config.shownAddress(wanted) + " is no address to " + wanted, Address.FIX);
        }
        return address;
    }

    private static AllowList allow(GearConfig config, boolean server, ConfigFaults faults) {
        if (!server && !config.texts("allow").isEmpty()) {
            faults.error("allow", "says who may connect, and a client listens nowhere", "remove it");
        }
        try {
            return AllowList.of(config.texts("allow"));
        } catch (IllegalArgumentException notOne) {
            faults.error("allow", notOne.getMessage(), "write blocks such as 10.0.0.0/8 or 192.0.2.7");
            return null;
        }
    }

    /** Passes faults on and knows whether there were any. */
    private static final class Counted implements ConfigFaults {
        private final ConfigFaults faults;
        private int errors;

        Counted(ConfigFaults faults) {
            this.faults = faults;
        }

        @Override
        public void error(String key, String what, String fix) {
            errors++;
            faults.error(key, what, fix);
        }

        @Override
        public void warning(String key, String what, String fix) {
            faults.warning(key, what, fix);
        }
    }
}
