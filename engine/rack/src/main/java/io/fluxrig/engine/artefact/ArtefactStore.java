package io.fluxrig.engine.artefact;

import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Keeps files by what they hold: {@code name:tag}, {@code name:latest} (the highest SemVer) or {@code sha256:...} names one, and a
 * tag never names another than at first. {@link StoreFiles} has the folder's layout.
 *
 * <p>Any number of processes may use one folder: who writes holds its lock, who reads needs none, for files are replaced whole. A
 * store that was cut short in a write holds what it held before it, or all of it. Bytes that changed are noticed by their hash.
 * One thread at a time writes in a process. At most {@value #TAGS_MAX} tags, of {@value #BYTES_MAX} bytes each.
 */
public final class ArtefactStore implements Artefacts, ArtefactSource {
    /** Bytes of an artefact at most. */
    public static final int BYTES_MAX = 4 << 20;

    /** Tags in one store at most. */
    public static final int TAGS_MAX = 100_000;

    private static final int INDEX_BYTES_MAX = 64 << 20;

    private final StoreFiles files;
    private final InstantSource clock;

    /** @param folder is made when something is stored */
    public ArtefactStore(Path folder, InstantSource clock) {
        this.files = new StoreFiles(folder.toAbsolutePath().normalize());
        this.clock = clock;
    }

    /** Whether the text has the form of a reference; there may be no such artefact. */
    public static boolean isReference(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return false;
        }
        String behind = text.substring(colon + 1);
        return text.startsWith(Reference.HASH)
                ? Reference.isHashStart(behind)
                : Reference.isName(text.substring(0, colon))
                        && (behind.equals(Reference.LATEST) || Reference.isTag(behind));
    }

    /** SHA-256 of the bytes, 64 hex digits. */
    public static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    /** A hash in texts for people: its first digits, of which none is masked, as some of all of them may be. */
    public static String shown(String hash) {
        return Reference.HASH + hash.substring(0, Reference.SHOWN) + "...";
    }

    private static boolean isOf(byte[] content, String hash) {
        return MessageDigest.isEqual(
                HexFormat.of().parseHex(hash(content)), HexFormat.of().parseHex(hash));
    }

    /**
     * Keeps an artefact under a tag. The same bytes under a tag that has them change nothing.
     *
     * @throws ArtefactException if the tag names other bytes, if something cannot be called so, or if it cannot be written
     */
    @Override
    public synchronized Artefact add(String name, String tag, byte[] content) throws ArtefactException {
        check(name, tag, content);
        try {
            Files.createDirectories(files.folder());
            try (FileChannel channel =
                            FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                assert held.isValid();
                return addLocked(name, tag, content);
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            throw new ArtefactException(
                    "this process writes to " + files.folder() + " already; try again", ofThisProcess);
        } catch (IOException e) {
            throw new ArtefactException(
                    "cannot write to the store " + files.folder() + ": " + StoreFiles.shown(FileReason.of(e))
                            + "; nothing is kept before that is mended",
                    e);
        }
    }

    /**
     * What every keeper of artefacts asks of them.
     *
     * @throws ArtefactException if nothing can be called so, or it is too long
     */
    public static void check(String name, String tag, byte[] content) throws ArtefactException {
        if (!Reference.isName(name)) {
            throw new ArtefactException("nothing can be named '" + name
                    + "': 1 to 64 of a-z, 0-9, dot, dash and underscore, and not fluxrig, moov, jpos or sha256");
        }
        if (!Reference.isTag(tag)) {
            throw new ArtefactException("no tag can be '" + tag
                    + "': 1 to 64 letters, digits, dots, dashes, such as v1.0.0; latest is always the highest version");
        }
        if (content.length > BYTES_MAX) {
            throw new ArtefactException("bytes=" + content.length + " max=" + BYTES_MAX
                    + ": too long to be kept; take out what is no part of it");
        }
    }

    private Artefact addLocked(String name, String tag, byte[] content) throws IOException, ArtefactException {
        List<Artefact> artefacts = new ArrayList<>(list());
        String hash = hash(content);
        Artefact there = new ArtefactLookup(artefacts, "").tagged(name, tag);
        if (there != null && !isOf(content, there.hash())) {
            throw new ArtefactException(there.reference() + " is " + shown(there.hash()) + " for ever, and this is "
                    + shown(hash) + "; give it another tag");
        }
        if (there == null && artefacts.size() >= TAGS_MAX) {
            throw new ArtefactException(
                    "tags=" + artefacts.size() + " max=" + TAGS_MAX + ": no store has more; begin another one");
        }
        if (!holds(hash)) {
            files.write(files.blob(hash), content);
        }
        if (there != null) {
            return there;
        }
        Artefact added = new Artefact(name, tag, hash, clock.instant());
        artefacts.add(added);
        files.write(files.index(), StoreIndex.write(artefacts));
        return added;
    }

    /** Whether the bytes are there and undamaged. */
    private boolean holds(String hash) throws IOException {
        Path blob = files.blob(hash);
        return Files.exists(blob) && isOf(StoreFiles.read(blob, BYTES_MAX), hash);
    }

    /**
     * Everything there is, in the order in which it was added.
     *
     * @throws ArtefactException if the index cannot be read
     */
    @Override
    public List<Artefact> list() throws ArtefactException {
        byte[] index;
        try {
            index = StoreFiles.read(files.index(), INDEX_BYTES_MAX);
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        } catch (IOException e) {
            throw unread(files.index(), e);
        }
        try {
            return StoreIndex.read(index);
        } catch (IOException e) {
            throw new ArtefactException(
                    "the index " + files.index() + " cannot be read: " + FileReason.of(e)
                            + "; bring it back from a backup, or move it away and import again: the files are in blobs/",
                    e);
        }
    }

    /**
     * What has a name, in the order in which it was added.
     *
     * @throws ArtefactException if nothing has it
     */
    public List<Artefact> history(String name) throws ArtefactException {
        return lookup().history(name);
    }

    /**
     * What a reference names.
     *
     * @throws ArtefactException if that is nothing, with what there is
     */
    public Artefact find(String reference) throws ArtefactException {
        return lookup().find(reference);
    }

    @Override
    public boolean has(String name, String tag) throws ArtefactException {
        return lookup().tagged(name, tag) != null;
    }

    boolean has(String reference) throws ArtefactException {
        return lookup().has(reference);
    }

    private ArtefactLookup lookup() throws ArtefactException {
        return new ArtefactLookup(list(), files.folder().toString());
    }

    @Override
    public byte[] content(String reference) throws ArtefactException {
        return content(find(reference));
    }

    @Override
    public byte[] content(String name, String tag) throws ArtefactException {
        return content(find(name + ":" + tag));
    }

    private static ArtefactException unread(Path file, IOException why) {
        return new ArtefactException(
                StoreFiles.shown(file + " cannot be read: " + FileReason.of(why))
                        + "; what is in there can be had once that is mended",
                why);
    }

    /**
     * The bytes of an artefact.
     *
     * @throws ArtefactLostException if they are gone or are not those that were stored
     * @throws ArtefactException if they cannot be read
     */
    public byte[] content(Artefact artefact) throws ArtefactException {
        Path blob = files.blob(artefact.hash());
        String trouble;
        try {
            byte[] content = StoreFiles.read(blob, BYTES_MAX);
            if (isOf(content, artefact.hash())) {
                return content;
            }
            trouble = "was changed since it was stored";
        } catch (NoSuchFileException gone) {
            trouble = "cannot be read: no such file";
        } catch (IOException e) {
            throw unread(blob, e);
        }
        throw new ArtefactLostException(artefact.reference() + ": " + StoreFiles.shown(blob.toString()) + " " + trouble
                + "; bring it back from a backup, or import the same file under the same tag again");
    }
}
