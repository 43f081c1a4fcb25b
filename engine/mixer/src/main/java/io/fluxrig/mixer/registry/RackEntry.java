package io.fluxrig.mixer.registry;

import io.fluxrig.engine.control.Standing;

/**
 * A rack that said hello once.
 *
 * @param name it runs under
 * @param key its public key; another rack of that name is refused
 * @param login public key under which it logs in to NATS
 * @param standing pending, active or suspended
 * @param host name of its machine, as it says
 * @param version of fluxrig, as it says
 * @param addedMs when it said hello first, ms since 1970
 * @param approvedMs when it was approved, 0 if it was not
 * @param by who approved it: {@code operator}, {@code scenario} or {@code auto_adopt}; empty if nobody did
 * @param serial of its passport, 0 for none
 * @param expiresMs when that expires
 */
public record RackEntry(
        String name,
        byte[] key,
        byte[] login,
        String standing,
        String host,
        String version,
        long addedMs,
        long approvedMs,
        String by,
        long serial,
        long expiresMs) {

    /** One that waits to be approved. */
    public static RackEntry pending(String name, byte[] key, byte[] login, String host, String version, long addedMs) {
        return new RackEntry(name, key, login, Standing.PENDING, host, version, addedMs, 0, "", 0, 0);
    }

    /** The same rack in another standing. */
    public RackEntry as(String other) {
        return new RackEntry(name, key, login, other, host, version, addedMs, approvedMs, by, serial, expiresMs);
    }

    /** The same rack, approved. */
    public RackEntry approved(String who, long atMs) {
        return new RackEntry(name, key, login, Standing.ACTIVE, host, version, addedMs, atMs, who, serial, expiresMs);
    }

    /** The same rack with another passport. */
    public RackEntry withPassport(long number, long untilMs) {
        return new RackEntry(name, key, login, standing, host, version, addedMs, approvedMs, by, number, untilMs);
    }

    /** The same rack as it describes itself now. */
    public RackEntry describedAs(byte[] newLogin, String newHost, String newVersion) {
        return new RackEntry(
                name, key, newLogin, standing, newHost, newVersion, addedMs, approvedMs, by, serial, expiresMs);
    }
}
