package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Freshness;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.passport.Passport;
import io.fluxrig.engine.passport.TlsKey;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a rack that is admitted can show: a passport and, where it wants one, a certificate that is good for as long. Desk only. */
final class Passports {
    private static final Logger LOG = LoggerFactory.getLogger(Passports.class);
    private static final byte[] NONE = {};
    private static final long MS_PER_SECOND = 1_000;

    private final Registry registry;
    private final RackLine line;
    private final Logins logins;
    private final Issuer issuer;
    private final long lifeMs;
    private final InstantSource clock;

    /** @param lifeMs how long a passport is good */
    Passports(Registry registry, RackLine line, Logins logins, Issuer issuer, long lifeMs, InstantSource clock) {
        this.registry = registry;
        this.line = line;
        this.logins = logins;
        this.issuer = issuer;
        this.lifeMs = lifeMs;
        this.clock = clock;
    }

    /**
     * The rack with a passport that is good for a while: a new one if it has none, less than a third of its time is left, or more than passports
     * are good for by now.
     */
    RackEntry renewed(RackEntry rack) {
        long leftMs = rack.expiresMs() - clock.millis();
        // a clock that was set back a little is no other life
        if (rack.serial() != 0 && leftMs >= lifeMs / 3 && leftMs <= lifeMs + Freshness.SKEW_MS) {
            return rack;
        }
        return anew(rack, "mixer");
    }

    /** The rack with a new passport, whatever it has. */
    RackEntry anew(RackEntry rack, String who) {
        long now = clock.millis();
        RackEntry holder = rack.withPassport(registry.nextSerial(), now + lifeMs);
        registry.put(holder, AuditEntry.of(now, who, "passport.issue", rack.name(), "serial " + holder.serial()));
        return holder;
    }

    /** The passport that a rack has, signed. */
    byte[] signed(RackEntry holder) {
        Passport passport = new Passport(
                Passport.FORMAT,
                holder.serial(),
                holder.name(),
                holder.key(),
                holder.login(),
                logins.managed(),
                holder.expiresMs() - lifeMs,
                holder.expiresMs());
        return line.sign(Passport.PURPOSE, passport).write();
    }

    /**
     * A certificate for as long as the passport, so that both are renewed together; empty for a rack that has one, or wants none.
     *
     * @throws GeneralSecurityException if what the hello names is no key on P-256
     */
    byte[] certificate(RackEntry holder, Hello hello) throws GeneralSecurityException {
        long untilMs = holder.expiresMs();
        // a certificate counts in seconds
        boolean has =
                hello.certifiedMs() >= untilMs - MS_PER_SECOND && hello.certifiedMs() <= untilMs + Freshness.SKEW_MS;
        if (hello.tlsKey().length == 0 || has) {
            return NONE;
        }
        byte[] issued = issuer.issue(holder.name(), TlsKey.publicKey(hello.tlsKey()), untilMs);
        LOG.info("rack {}: issued a certificate until {}", holder.name(), Instant.ofEpochMilli(untilMs));
        return issued;
    }
}
