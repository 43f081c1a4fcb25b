package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps what a rack that is known says of itself with its hellos: login, machine, version. Another login is a line in the audit log and has
 * nats-server read anew who may log in, so there is one in {@value #APART_MS} ms for each rack, and once the one of before it again: whoever has
 * a rack's node key may have any login let in, and the rack need not wait to have its own back. Desk only; an entry for each rack that had another login.
 */
final class Descriptions {
    /** Between two logins of one rack. */
    static final long APART_MS = 60_000;

    private static final byte[] NONE = {};

    private final Registry registry;
    private final HelloRefusals refusals;
    private final InstantSource clock;
    private final LongSupplier clockNs;
    private final Map<String, Change> changes = new HashMap<>();

    /**
     * @param clock what is written down
     * @param clockNs rises evenly
     */
    Descriptions(Registry registry, HelloRefusals refusals, InstantSource clock, LongSupplier clockNs) {
        this.registry = registry;
        this.refusals = refusals;
        this.clock = clock;
        this.clockNs = clockNs;
    }

    /**
     * A rack's login was another one.
     *
     * @param before which it had; {@link #NONE} once it has that again
     */
    private record Change(long atNs, byte[] before) {}

    /** Why a rack is not let in as it says that it is, null if it is. */
    String refusal(RackEntry rack, Hello hello) {
        if (logsInAsBefore(rack, hello)) {
            return null;
        }
        String taken = refusals.login(hello);
        if (taken != null) {
            return taken;
        }
        Change last = lately(rack.name());
        return last == null || Arrays.equals(last.before(), hello.login())
                ? null
                : "its login.key was another one less than " + APART_MS / 1_000 + " s ago; tried again until it may be"
                        + " changed. If nobody here changed it twice, somebody else has its node.key: fluxrig admin racks"
                        + " remove " + rack.name() + ", and a new key for it";
    }

    /** Keeps how a rack is; as it is now. */
    RackEntry keep(RackEntry rack, Hello hello) {
        String host = HelloText.shortened(hello.host());
        String version = HelloText.shortened(hello.version());
        RackEntry now = rack.describedAs(hello.login(), host, version);
        if (!logsInAsBefore(rack, hello)) {
            // whoever has node.key can have any login let in
            String which = "login key " + PublicKeys.fingerprint(now.login()) + ", from " + now.host();
            registry.put(now, AuditEntry.of(clock.millis(), "rack", "rack.login", rack.name(), which));
            Change last = lately(rack.name());
            changes.put(
                    rack.name(),
                    last == null ? new Change(clockNs.getAsLong(), rack.login()) : new Change(last.atNs(), NONE));
        } else if (!rack.host().equals(host) || !rack.version().equals(version)) {
            registry.put(now);
        }
        return now;
    }

    /** The rack was removed. */
    void forget(String rack) {
        changes.remove(rack);
    }

    private static boolean logsInAsBefore(RackEntry rack, Hello hello) {
        return Arrays.equals(rack.login(), hello.login());
    }

    private Change lately(String rack) {
        Change last = changes.get(rack);
        boolean lately = last != null && clockNs.getAsLong() - last.atNs() < TimeUnit.MILLISECONDS.toNanos(APART_MS);
        return lately ? last : null;
    }
}
