package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.Passport;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.PassportFile;
import io.fluxrig.transport.bus.BusLogin;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a mixer gives a rack that it admits, and what that lets it do: the passport first, which alone says whose the rack is, then the
 * certificate. Nothing of a mixer whose passport is no good is kept. One that is good counts though the disk does not take it. A rack that ends between the two has a passport and no certificate for
 * it, or an earlier one, and asks for one at its next hello. The agent's thread only.
 */
final class Papers {
    private static final Logger LOG = LoggerFactory.getLogger(Papers.class);

    private final Identity identity;
    private final PassportFile passports;
    private final InstantSource clock;
    private Passport passport;
    /** Whose passport came in this run of the rack; null for none. */
    private byte[] signer;
    /** Whether the last passport that came is not on the disk. */
    private boolean unkept;

    /** @param passport that was kept, null for none */
    Papers(Identity identity, PassportFile passports, Passport passport, InstantSource clock) {
        this.identity = identity;
        this.passports = passports;
        this.passport = passport;
        this.clock = clock;
    }

    /**
     * Keeps what came; a certificate that is no good is logged, and asked for again. A passport that cannot be written counts all the
     * same, until the rack ends.
     *
     * @param authority whose passport it must be
     * @return the passport, null if none came
     * @throws PassportException if the passport is no good
     */
    Passport keep(Standing standing, byte[] authority) throws PassportException {
        Passport came = null;
        if (standing.passport().length > 0) {
            came = passports.accept(
                    standing.passport(),
                    authority,
                    identity.name(),
                    identity.key().publicKey());
            passport = came;
            signer = authority;
            write(standing.passport());
        }
        if (standing.certificate().length > 0) {
            try {
                identity.tls().keep(standing.certificate());
            } catch (PassportException unusable) {
                LOG.error("{}; asked for again", unusable.getMessage());
            }
        }
        return came;
    }

    /** Says once that it could not: the same passport comes again with the mixer's next answers. */
    private void write(byte[] bytes) {
        boolean told = unkept;
        try {
            passports.keep(bytes, signer);
            unkept = false;
        } catch (PassportException unwritten) {
            unkept = true;
            if (!told) {
                LOG.error(
                        "{}; the passport that came counts until this rack ends, and is asked for again after that",
                        unwritten.getMessage());
            }
        }
    }

    /** The passport is worth nothing any more. */
    void remove() throws PassportException {
        if (passport != null) {
            passports.remove();
            passport = null;
        }
    }

    /** Null for none. */
    Passport passport() {
        return passport;
    }

    /** Whether a mixer has admitted this rack. */
    boolean admitted() {
        return passport != null;
    }

    /** Public key of the mixer that this rack obeys, over restarts unless the disk did not take it; null for none. */
    byte[] authority() throws PassportException {
        byte[] kept = passports.authority();
        return kept == null ? signer : kept;
    }

    boolean expired() {
        return passports.isExpired(passport);
    }

    /** Whether the mixer says who may log in to NATS. */
    boolean managed() {
        return passport != null && passport.managed();
    }

    /** Whether a connection as a rack that was admitted can be made. */
    boolean mayLogIn() {
        return managed() && identity.tls().ready();
    }

    /** Whether there is a certificate for as long as there is a passport. */
    boolean certified() {
        return identity.tls().publicKey().length == 0 || identity.tls().certifiedMs() > clock.millis();
    }

    /** To NATS, null where no mixer says who may log in. */
    BusLogin login() {
        return managed() ? identity.busLogin() : null;
    }
}
