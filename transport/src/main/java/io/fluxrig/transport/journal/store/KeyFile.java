package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key in a file of its own: 32 random bytes that only the rack's user may read. Made when it is absent. Whoever has the file
 * can read the journals; who loses it has lost what they hold.
 */
public final class KeyFile implements KeySource {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private static final String DRAFT_END = ".new";
    private static final int DRAFT_SECONDS_MAX = 60;
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private final Path file;
    private final SecureRandom random;

    public KeyFile(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    /** A file that must be there: a key that several racks share is no rack's to make. */
    public static KeySource shared(Path file) {
        KeyFile key = new KeyFile(file, null);
        return () -> {
            if (Files.notExists(file)) {
                throw new JournalException(
                        "key file " + file + " does not exist; make it once (head -c " + KEY_LENGTH
                                + " /dev/urandom, mode 600) and give every rack a copy; a rack that a mixer leads has its keys from there");
            }
            return key.key();
        };
    }

    @Override
    public byte[] key() throws JournalException {
        if (Files.notExists(file)) {
            try {
                create();
            } catch (IOException e) {
                throw new JournalException(
                        "key file " + file
                                + " cannot be made; its folder needs space, and must be the rack's user's to write",
                        e);
            }
        }
        if (random != null) {
            removeDrafts();
        }
        try {
            return read();
        } catch (IOException e) {
            throw new JournalException("key file " + file + " cannot be read; give the rack's user access to it", e);
        }
    }

    private byte[] read() throws IOException, JournalException {
        if (!GroupBits.open(file, OTHERS).isEmpty()) {
            throw new JournalException(
                    "key file " + file + " may be used by others (" + mode()
                            + "), or is another user's; as the rack's user chmod 600 it, and keep it: a new key cannot read what lies in the journals,"
                            + " which is lost then. If somebody may have read it, let the journals run empty before you make a new one");
        }
        long length = Files.size(file);
        if (length != KEY_LENGTH) {
            throw new JournalException("key file " + file + " length=" + length + " bytes, must be " + KEY_LENGTH
                    + "; restore it from its back-up: a new key cannot read what the old one sealed");
        }
        return Files.readAllBytes(file);
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /**
     * Removes what {@link #create} left when its process was killed, which may be this key under another name. Another rack may be making the same key
     * just now: what is new is left alone.
     */
    private void removeDrafts() {
        Pattern drafts = Pattern.compile(Pattern.quote(String.valueOf(file.getFileName())) + "[0-9]+\\" + DRAFT_END);
        Instant before = Instant.now().minusSeconds(DRAFT_SECONDS_MAX);
        try (Stream<Path> found = Files.find(
                file.toAbsolutePath().resolveSibling(""),
                1,
                (draft, attributes) -> attributes.isRegularFile()
                        && attributes.lastModifiedTime().toInstant().isBefore(before)
                        && drafts.matcher(draft.getFileName().toString()).matches())) {
            for (Path draft : found.toList()) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn(
                    "drafts of {}, {}*{}, that a kill left may hold that key, and cannot be removed ({}): remove them",
                    file,
                    file.getFileName(),
                    DRAFT_END,
                    e.toString());
        }
    }

    /** Written whole and synced under another name first: a crash never leaves half a key. */
    private void create() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(
                folder, file.getFileName().toString(), DRAFT_END, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        byte[] key = new byte[KEY_LENGTH];
        random.nextBytes(key);
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(key);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException somebodyElseWasFirst) {
            // theirs is as good, and must not be replaced: it may have sealed something already
            requireExisting(somebodyElseWasFirst);
        } finally {
            Files.delete(draft);
        }
        DiskSpace.syncFolder(folder);
    }

    private void requireExisting(IOException otherwise) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, otherwise.toString());
        }
    }
}
