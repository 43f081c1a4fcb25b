package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.buffer.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** How a journal's folder is opened: with the key that seals now, and those that sealed before. Stateless. */
public final class FolderSeal {
    private static final String IDENTITY = "identity";

    private FolderSeal() {}

    @FunctionalInterface
    private interface Identity {
        Seal of(Path file, String wire, List<byte[]> keys, SecureRandom random) throws IOException, JournalException;
    }

    /** Of one that is used: made if there is none, and its identity written anew where a newer key seals. */
    public static Seal open(Path folder, String identity, KeySource keys, SecureRandom random)
            throws IOException, JournalException {
        return with(folder, identity, keys, random, IdentityFile::open);
    }

    /** Of one that is only looked into, and stays under the keys that it is under. */
    public static Seal look(Path folder, String identity, KeySource keys, SecureRandom random)
            throws IOException, JournalException {
        return with(folder, identity, keys, random, IdentityFile::read);
    }

    private static Seal with(Path folder, String identity, KeySource keys, SecureRandom random, Identity file)
            throws IOException, JournalException {
        List<byte[]> all = new ArrayList<>();
        try {
            all.add(keys.key());
            all.addAll(keys.others());
            return file.of(folder.resolve(IDENTITY), identity, all, random);
        } finally {
            all.forEach(Bytes::wipe);
        }
    }
}
