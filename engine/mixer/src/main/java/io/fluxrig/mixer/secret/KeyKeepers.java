package io.fluxrig.mixer.secret;

import io.fluxrig.mixer.registry.DataKeyEntry;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keeper that wraps data keys now, and all those that can be asked to unwrap what they wrapped before. The keepers' thread only. */
public final class KeyKeepers {
    private static final String PROOF = ", not";

    private final KeyKeeper current;
    private final Map<String, KeyKeeper> byKind = new HashMap<>();

    /**
     * @param current wraps
     * @param others whatever is configured beside it
     */
    public KeyKeepers(KeyKeeper current, List<KeyKeeper> others) {
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
            throw new KeeperException(who + "gives back another key than " + context(id)
                    + ", which it has just wrapped; whoever answers there is no keeper");
        }
        try {
            Arrays.fill(current.unwrap(wrapped.bytes(), context(id) + PROOF), (byte) 0);
        } catch (KeeperException refused) {
            if (refused.isOtherwise()) {
                return;
            }
            throw refused;
        }
        throw new KeeperException(
                who + "opens " + context(id) + " whatever it is said to be, so that one could be put in another's"
                        + " place: Vault heeds associated_data from 1.13 on, and whatever speaks as AWS KMS must heed the EncryptionContext");
    }

    /** The data key itself, which the caller owns. */
    byte[] unwrap(DataKeyEntry entry) throws KeeperException {
        KeyKeeper keeper = byKind.get(entry.keeper());
        if (keeper == null) {
            throw new KeeperException(context(entry.id()) + " was wrapped by the keeper '" + entry.keeper() + "' ("
                    + entry.under() + "), which is not configured any more: write its secrets.* keys again until"
                    + " 'fluxrig admin keys rewrap' has been done");
        }
        byte[] key = keeper.unwrap(entry.wrapped(), context(entry.id()));
        if (key.length != Sealing.KEY_LENGTH) {
            throw new KeeperException(context(entry.id()) + " length=" + key.length + " must be " + Sealing.KEY_LENGTH
                    + "; bring the registry back from a back-up");
        }
        return key;
    }

    /** What the keeper that wraps calls the keys that it has, the one that wraps last; any thread. */
    List<String> keys() throws KeeperException {
        return current.keys();
    }

    private static String context(long id) {
        return "data key " + id;
    }
}
