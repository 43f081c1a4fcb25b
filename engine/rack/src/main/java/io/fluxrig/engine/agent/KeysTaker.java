package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.GivenKeys;
import io.fluxrig.engine.passport.KeyBox;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.rack.wire.RackKeys;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the keys that the rack's mixer makes for it: a hello names the box that they are sealed for and those that are here, the answer holds
 * others, if any. The agent's thread only.
 */
final class KeysTaker {
    private static final Logger LOG = LoggerFactory.getLogger(KeysTaker.class);

    private final String rack;
    private final RackKeys keys;
    private final KeyBox box = KeyBox.make();
    private String mark;
    private boolean behind;
    private String told = "";

    /** @throws PassportException if the keys that are there cannot be read */
    KeysTaker(String rack, RackKeys keys) throws PassportException {
        this.rack = rack;
        this.keys = keys;
        this.mark = keys.mark();
    }

    /** For a hello. */
    byte[] box() {
        return box.publicKey();
    }

    /** What the mixer calls the keys that are here, for a hello. */
    String mark() {
        return mark;
    }

    /** Whether wires between racks can be sealed, for a heartbeat. */
    boolean hasWireKey() {
        return keys.hasWireKey();
    }

    /** Whether the mixer has said that there are others, and they have not come. */
    boolean behind() {
        return behind;
    }

    /**
     * Looks at what the mixer says that this rack obeys, and keeps what comes with a passport; what is no good is logged, and asked for again.
     *
     * @param admitted whether a passport came along that is good
     */
    void take(Standing standing, boolean admitted) {
        if (admitted && standing.keys().length > 0) {
            try {
                open(standing);
            } catch (IOException odd) {
                tell("the keys that came are no good, and are asked for again: " + odd.getMessage());
            } catch (PassportException full) {
                tell("the keys that came open wires between racks, and seal none before they can be kept: "
                        + full.getMessage());
            }
        }
        behind = !standing.keysMark().isEmpty() && !standing.keysMark().equals(mark);
    }

    /** Once: they come again with each hello. */
    private void tell(String trouble) {
        if (!trouble.equals(told)) {
            told = trouble;
            LOG.error("{}", trouble);
        }
    }

    private void open(Standing standing) throws PassportException, IOException {
        byte[] opened = box.open(GivenKeys.context(rack, standing.nonce()), standing.keys());
        if (opened == null) {
            throw new IOException("they are sealed for another rack, or for an earlier hello");
        }
        GivenKeys given;
        try {
            given = Cbor.read(opened, GivenKeys.class, GivenKeys.LENGTH_MAX);
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
        try {
            keys.keep(given, standing.keysMark());
        } finally {
            given.wipe();
        }
        mark = standing.keysMark();
        told = "";
        LOG.info("the mixer has given this rack its keys for journals and wires between racks");
    }

    /** Sees whether it is time to seal with another key. */
    void turn() {
        keys.turn();
    }
}
