package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.Passport;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.PassportFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a mixer gives a rack that it admits: the passport first, which alone says whose the rack is, then the certificate. Nothing of a
 * mixer whose passport is no good is kept. A rack that ends between the two has a passport and no certificate for it, or an earlier one, and
 * asks for one at its next hello. The agent's thread only.
 */
record Papers(Identity identity, PassportFile passports) {
    private static final Logger LOG = LoggerFactory.getLogger(Papers.class);

    /**
     * Keeps what came; a certificate that is no good is logged, and asked for again.
     *
     * @param authority whose passport it must be
     * @return the passport, null if none came
     * @throws PassportException if the passport is no good, or cannot be written
     */
    Passport keep(Standing standing, byte[] authority) throws PassportException {
        Passport passport = null;
        if (standing.passport().length > 0) {
            passport = passports.keep(
                    standing.passport(),
                    authority,
                    identity.name(),
                    identity.key().publicKey());
        }
        if (standing.certificate().length > 0) {
            try {
                identity.tls().keep(standing.certificate());
            } catch (PassportException unusable) {
                LOG.error("{}; asked for again", unusable.getMessage());
            }
        }
        return passport;
    }
}
