package io.fluxrig.mixer.enrol;

import java.security.PublicKey;

/** Issues certificates to racks that are admitted. */
@FunctionalInterface
public interface Issuer {
    /**
     * A certificate with that of who signed it, PEM.
     *
     * @param untilMs until when it is to be good, ms since 1970
     */
    byte[] issue(String rack, PublicKey key, long untilMs);
}
