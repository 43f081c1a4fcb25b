package io.fluxrig.mixer.secret;

import java.util.List;

/**
 * Whoever holds the key that data keys are wrapped with. One thread at a time, which may wait: each call ends within the configured
 * time.
 */
public interface KeyKeeper {

    /**
     * What is wrapped, and whose.
     *
     * @param what such as {@code data key 1}
     * @param fleet fingerprint of the authority of its mixers; empty for what was wrapped before that was part of it
     */
    record Context(String what, String fleet) {
        /** In one line. */
        String text() {
            return fleet.isEmpty() ? what : what + " of fleet " + fleet;
        }
    }

    /** The word of {@code secrets.keeper} for it; stands beside each key that it wrapped. */
    String kind();

    /**
     * Wraps a data key.
     *
     * @param context which one; unwraps with the same alone
     * @throws KeeperException if it cannot; the text is for the operator
     */
    Wrapped wrap(byte[] key, Context context) throws KeeperException;

    /**
     * The data key, which the caller owns.
     *
     * @throws KeeperException if it cannot; {@link KeeperException#isOtherwise} if it could, and has not wrapped that for this context; the
     *     text is for the operator
     */
    byte[] unwrap(byte[] wrapped, Context context) throws KeeperException;

    /**
     * What it calls the keys that it has, the one that wraps last; empty where it cannot tell at once. Any thread.
     *
     * @throws KeeperException if there is something wrong with them; the text is for the operator
     */
    default List<String> keys() throws KeeperException {
        return List.of();
    }

    /**
     * A data key that only its keeper can use.
     *
     * @param under which key of the keeper, for people
     */
    record Wrapped(byte[] bytes, String under) {}
}
