package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.buffer.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Says whose a journal's folder is: 16 random bytes that are part of every seal, and an HMAC that tells a wrong key or a folder
 * of another wire from damage.
 */
final class IdentityFile {
    static final int ID_LENGTH = 16;

    private static final int LENGTH = ID_LENGTH + 32;
    private static final String PURPOSE = "fluxrig journal identity";
    private static final List<String> HOLD_SEGMENTS = List.of("segments", "set_aside");

    private IdentityFile() {}

    /**
     * Reads or makes the file; one that another of the keys made is written anew with the first, so that keys may go once nothing that
     * they sealed is left.
     *
     * @param keys the first seals, all of them open
     * @return the seal of this journal
     * @throws JournalException if it was made with none of the keys or for another wire, or is not whole, or missing beside segments
     */
    static Seal open(Path file, String wire, List<byte[]> keys, SecureRandom random)
            throws IOException, JournalException {
        if (Files.notExists(file)) {
            requireNoSegments(file);
            byte[] name = wire.getBytes(StandardCharsets.UTF_8);
            byte[] id = new byte[ID_LENGTH];
            random.nextBytes(id);
            Seal seal = seal(name, id, keys, random);
            write(file, id, seal);
            return seal;
        }
        Seal seal = read(file, wire, keys, random);
        byte[] content = Files.readAllBytes(file);
        byte[] id = Arrays.copyOf(content, ID_LENGTH);
        if (!MessageDigest.isEqual(
                Arrays.copyOfRange(content, ID_LENGTH, LENGTH), seal.proof(PURPOSE, id, ID_LENGTH))) {
            write(file, id, seal);
        }
        return seal;
    }

    /**
     * Reads the file, and leaves it as it is.
     *
     * @param keys the first seals, all of them open
     * @throws JournalException if it was made with none of the keys or for another wire, or is not whole, or missing
     */
    static Seal read(Path file, String wire, List<byte[]> keys, SecureRandom random)
            throws IOException, JournalException {
        if (Files.notExists(file)) {
            throw lost(file, "is missing");
        }
        byte[] content = Files.readAllBytes(file);
        if (content.length != LENGTH) {
            throw lost(file, "has " + content.length + " bytes, not " + LENGTH);
        }
        byte[] id = Arrays.copyOf(content, ID_LENGTH);
        Seal seal = seal(wire.getBytes(StandardCharsets.UTF_8), id, keys, random);
        if (seal.proves(PURPOSE, id, ID_LENGTH, Arrays.copyOfRange(content, ID_LENGTH, LENGTH))) {
            return seal;
        }
        throw new JournalException(
                "journal " + file.getParent() + " was made with another key or for another wire than "
                        + wire
                        + "; nothing in it can be read. Restore the key file it was written with (store.key_file, or keys.cbor"
                        + " of a rack that a mixer leads), or move the folder away to begin empty");
    }

    /** A new identity beside them would make what they hold unreadable for good, and skipped as damage. It is drawn before the first is made. */
    private static void requireNoSegments(Path file) throws IOException, JournalException {
        for (String folder : HOLD_SEGMENTS) {
            Path segments = file.resolveSibling(folder);
            if (Files.isDirectory(segments) && !SegmentNames.segments(segments).isEmpty()) {
                throw lost(file, "is missing");
            }
        }
    }

    private static JournalException lost(Path file, String how) {
        return new JournalException("journal " + file.getParent() + " cannot be opened: its file " + file + " " + how
                + ", and nothing in its segments can be read without. Put that file back from a copy of the folder, however old: it is made"
                + " once (store.on_damage = \"skip\" is no help: it would leave out every message). Without a copy, move the folder away to"
                + " begin empty: the messages in it are lost");
    }

    private static void write(Path file, byte[] id, Seal seal) throws IOException {
        byte[] content = Arrays.copyOf(id, LENGTH);
        System.arraycopy(seal.proof(PURPOSE, id, ID_LENGTH), 0, content, ID_LENGTH, LENGTH - ID_LENGTH);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.write(draft, content);
        DiskSpace.sync(draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        DiskSpace.syncFolder(file.getParent());
    }

    private static Seal seal(byte[] name, byte[] id, List<byte[]> keys, SecureRandom random) {
        byte[] identity = Arrays.copyOf(id, ID_LENGTH + name.length);
        System.arraycopy(name, 0, identity, ID_LENGTH, name.length);
        try {
            return new Seal(keys, identity, random, Seal::encrypt);
        } finally {
            Bytes.wipe(identity);
        }
    }
}
