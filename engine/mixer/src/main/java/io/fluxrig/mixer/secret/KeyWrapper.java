package io.fluxrig.mixer.secret;

import io.fluxrig.mixer.registry.DataKeyEntry;
import io.fluxrig.mixer.secret.KeyKeeper.Context;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Wraps data keys with the keeper that is configured, and unwraps with whichever wrapped them. The keepers' thread only, but {@link #keys}. */
public final class KeyWrapper {
    private static final String PROOF = ", not";

    private final String fleet;
    private final KeyKeeper current;
    private final Map<String, KeyKeeper> byKind = new HashMap<>();

    /**
     * @param fleet fingerprint of the authority of its mixers
     * @param current wraps
     * @param others whatever is configured beside it
     */
    public KeyWrapper(String fleet, KeyKeeper current, List<KeyKeeper> others) {
        this.fleet = fleet;
        this.current = current;
        others.forEach(each -> byKind.put(each.kind(), each));
        byKind.put(current.kind(), current);
    }

    /** A data key wrapped, as the registry keeps it: what this gives has been opened again, and for no other context. */
    DataKeyEntry wrap(long id, byte[] key, long madeMs) throws KeeperException {
        KeyKeeper.Wrapped wrapped = current.wrap(key, context(id));
        prove(wrapped, id, key);
        return new DataKeyEntry(id, current.kind(), wrapped.under(), wrapped.bytes(), madeMs);
    }

    /** What cannot be opened again must not take the place of what can. */
    private void prove(KeyKeeper.Wrapped wrapped, long id, byte[] key) throws KeeperException {
        String who = "keeper " + current.kind() + " (" + wrapped.under() + ") ";
        byte[] opened = current.unwrap(wrapped.bytes(), context(id));
        boolean same = MessageDigest.isEqual(opened, key);
        Arrays.fill(opened, (byte) 0);
        if (!same) {
            throw new KeeperException(who + "gives back another key than " + what(id)
                    + ", which it has just wrapped; whoever answers there is no keeper");
        }
        try {
            Arrays.fill(current.unwrap(wrapped.bytes(), new Context(what(id) + PROOF, fleet)), (byte) 0);
        } catch (KeeperException refused) {
            if (refused.isOtherwise()) {
                return;
            }
            throw refused;
        }
        throw new KeeperException(
                who + "opens " + what(id) + " whatever it is said to be, so that one could be put in another's"
                        + " place: Vault heeds associated_data from 1.13 on, and whatever speaks as AWS KMS must heed the EncryptionContext");
    }

    /** The data key itself, which the caller owns. */
    byte[] unwrap(DataKeyEntry entry) throws KeeperException {
        KeyKeeper keeper = byKind.get(entry.keeper());
        if (keeper == null) {
            throw new KeeperException(what(entry.id()) + " was wrapped by the keeper '" + entry.keeper() + "' ("
                    + entry.under() + "), which is not configured any more: write its secrets.* keys again until"
                    + " 'fluxrig admin keys rewrap' has been done");
        }
        byte[] key = unwrap(keeper, entry);
        if (key.length != Sealing.KEY_LENGTH) {
            throw new KeeperException(what(entry.id()) + " length=" + key.length + " must be " + Sealing.KEY_LENGTH
                    + "; bring the registry back from a back-up");
        }
        return key;
    }

    /** What the keeper that wraps calls the keys that it has, the one that wraps last; any thread. */
    List<String> keys() throws KeeperException {
        return current.keys();
    }

    private byte[] unwrap(KeyKeeper keeper, DataKeyEntry entry) throws KeeperException {
        try {
            return keeper.unwrap(entry.wrapped(), context(entry.id()));
        } catch (KeeperException refused) {
            if (!refused.isOtherwise()) {
                throw refused;
            }
            return unwrapOfBefore(keeper, entry, refused);
        }
    }

    /** What was wrapped before a context named the fleet. */
    private static byte[] unwrapOfBefore(KeyKeeper keeper, DataKeyEntry entry, KeeperException refused)
            throws KeeperException {
        try {
            return keeper.unwrap(entry.wrapped(), new Context(what(entry.id()), ""));
        } catch (KeeperException again) {
            refused.addSuppressed(again);
            throw refused;
        }
    }

    private Context context(long id) {
        return new Context(what(id), fleet);
    }

    private static String what(long id) {
        return "data key " + id;
    }
}
