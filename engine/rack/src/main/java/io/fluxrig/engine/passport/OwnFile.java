package io.fluxrig.engine.passport;

import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.transport.journal.store.GroupBits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file that only the node's user may read, or where it holds nothing secret that only this user may write; replaced whole or not at
 * all.
 */
public final class OwnFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> WRITTEN =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> USED = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final int LENGTH_MAX = 1 << 20;
    private static final String DRAFT = "draft";
    private static final String DRAFT_END = ".new";
    /** As {@link Files#createTempFile} names them. */
    private static final Pattern DRAFTS = Pattern.compile(DRAFT + "[0-9]+\\" + DRAFT_END);
    /** A data folder, and the folders in it. */
    private static final int DRAFTS_DEPTH = 2;

    private static final Logger LOG = LoggerFactory.getLogger(OwnFile.class);

    private OwnFile() {}

    /**
     * The bytes of a file with a secret in it, null if there is none. What only its group may do is taken back ({@link GroupBits}).
     *
     * @throws PassportException if others may read or write it, or nobody can
     */
    public static byte[] read(Path file) throws PassportException {
        return read(
                file,
                USED,
                "is for its user alone, and others may use it: as that user chmod 600 " + file
                        + "; keep it, since what a key in it sealed or vouches for is lost with it. If somebody may have read it, see \"Keys and"
                        + " certificates that got about, or are lost\" in docs/operating.md");
    }

    /**
     * The bytes of a file that anybody may read, such as a certificate; null if there is none.
     *
     * @throws PassportException if others may write it, or nobody can read it
     */
    public static byte[] readPublic(Path file) throws PassportException {
        return read(file, WRITTEN, "may be written by others: chmod go-w " + file);
    }

    private static byte[] read(Path file, Set<PosixFilePermission> refused, String why) throws PassportException {
        try {
            if (!GroupBits.open(file, refused).isEmpty()) {
                throw new PassportException(file + " " + why);
            }
            if (Files.size(file) > LENGTH_MAX) {
                throw new PassportException(file + " length=" + Files.size(file) + " max=" + LENGTH_MAX
                        + "; it is none of fluxrig's: move it away");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException e) {
            throw new PassportException(file + " cannot be read: " + FileReason.of(e), e);
        }
    }

    /**
     * Writes it, for its user only, in place of what was there; it is on the disk when this returns.
     *
     * @throws PassportException if it cannot be written
     */
    public static void write(Path file, byte[] content) throws PassportException {
        Path whole = file.toAbsolutePath();
        Path folder = whole.resolveSibling("");
        try {
            Files.createDirectories(folder);
            Path draft =
                    Files.createTempFile(folder, DRAFT, DRAFT_END, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
                Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            sync(folder);
        } catch (IOException e) {
            throw new PassportException(
                    file + " cannot be written: " + FileReason.of(e) + FileReason.spaceFix(e, folder), e);
        }
    }

    /**
     * Removes what {@link #write} left in a data folder, and in the folders in it, when its process was killed: it may hold a key that is not to be
     * had any more. Of a folder that this process holds, before it writes; what cannot be removed is in the log.
     */
    public static void removeDrafts(Path data) {
        try (Stream<Path> found = Files.find(
                data,
                DRAFTS_DEPTH,
                (file, attributes) -> attributes.isRegularFile()
                        && DRAFTS.matcher(String.valueOf(file.getFileName())).matches())) {
            found.forEach(OwnFile::removeDraft);
        } catch (IOException | UncheckedIOException e) {
            IOException why = e instanceof UncheckedIOException unread ? unread.getCause() : (IOException) e;
            LOG.warn("drafts of key files that a kill left in {} are not looked for: {}", data, FileReason.of(why));
        }
    }

    private static void removeDraft(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            LOG.warn(
                    "{} was left by a process that was killed, may hold a key, and cannot be removed: {}; remove it",
                    draft,
                    FileReason.of(e));
        }
    }

    /** Makes a name that was changed in a folder outlive a power cut. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /**
     * Removes it, if it is there.
     *
     * @throws PassportException if it cannot be removed
     */
    public static void remove(Path file) throws PassportException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new PassportException(file + " cannot be removed: " + FileReason.of(e), e);
        }
    }
}
