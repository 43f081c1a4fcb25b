package io.fluxrig.mixer.lead;

import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Signed;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * What whoever leads has others know, signed with the key that all mixers of a cluster have.
 *
 * @param url where others reach its API; empty if they cannot
 * @param who its machine and process, for people
 * @param run random, so that no two starts of mixers have the same card
 */
public record LeaderCard(String url, String who, byte[] run) {
    /** What it is signed for. */
    static final String PURPOSE = "leader";

    private static final int LENGTH_MAX = 2048;

    public LeaderCard {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(run, "run");
    }

    /** As the lease's value. */
    public byte[] sign(NodeKey authority) {
        return Signed.of(authority, PURPOSE, this).write();
    }

    /**
     * A card that a mixer of this cluster has signed.
     *
     * @throws IOException if none has
     */
    static LeaderCard read(byte[] bytes, NodeKey authority) throws IOException {
        Signed signed = Signed.read(bytes, LENGTH_MAX);
        if (!Arrays.equals(signed.key(), authority.publicKey()) || !signed.isFor(PURPOSE)) {
            throw new IOException(
                    "the lease is held by a mixer with another authority.key: copy one mixer's folder authority/"
                            + " to all of them, or give each cluster a NATS account of its own");
        }
        return signed.body(LeaderCard.class);
    }
}
