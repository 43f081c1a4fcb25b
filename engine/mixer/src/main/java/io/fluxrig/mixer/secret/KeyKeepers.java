package io.fluxrig.mixer.secret;

import io.fluxrig.mixer.registry.DataKeyEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keeper that wraps data keys now, and all those that can be asked to unwrap what they wrapped before. The keepers' thread only. */
public final class KeyKeepers {
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

    /** A data key wrapped, as the registry keeps it. */
    DataKeyEntry wrap(long id, byte[] key, long madeMs) throws KeeperException {
        KeyKeeper.Wrapped wrapped = current.wrap(key, context(id));
        return new DataKeyEntry(id, current.kind(), wrapped.under(), wrapped.bytes(), madeMs);
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

    private static String context(long id) {
        return "data key " + id;
    }
}
