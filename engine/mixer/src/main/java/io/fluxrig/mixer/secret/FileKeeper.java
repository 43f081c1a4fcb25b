package io.fluxrig.mixer.secret;

import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Keys in a file for the mixer's user only, one a line as 64 hex digits; made when a first data key is to be wrapped. The last one wraps,
 * all of them unwrap: a line is added to rotate, and those above it are taken away once everything is wrapped again.
 *
 * <pre>
 *   wrapped:  0   8  mark of the key
 *             8   n  as {@link Sealing} has it
 * </pre>
 */
public final class FileKeeper implements KeyKeeper {
    /** Its word. */
    public static final String KIND = "file";

    private static final int MARK_LENGTH = 8;
    private static final int KEYS_MAX = 64;

    private final Path file;
    private final SecureRandom random;

    /** Touches the file when it is asked only, each time anew. */
    public FileKeeper(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Wrapped wrap(byte[] key, Context context) throws KeeperException {
        List<byte[]> keys = read();
        byte[] with = keys.isEmpty() ? make() : keys.get(keys.size() - 1);
        byte[] mark = Sealing.mark(with, MARK_LENGTH);
        byte[] sealed = Sealing.seal(with, context.text(), key, random);
        byte[] wrapped = Arrays.copyOf(mark, MARK_LENGTH + sealed.length);
        System.arraycopy(sealed, 0, wrapped, MARK_LENGTH, sealed.length);
        return new Wrapped(wrapped, name(mark));
    }

    private String name(byte[] mark) {
        return "key " + HexFormat.of().formatHex(mark) + " of " + file.getFileName();
    }

    @Override
    public List<String> keys() throws KeeperException {
        return read().stream().map(key -> name(Sealing.mark(key, MARK_LENGTH))).toList();
    }

    @Override
    public byte[] unwrap(byte[] wrapped, Context context) throws KeeperException {
        byte[] mark = Arrays.copyOf(wrapped, MARK_LENGTH);
        for (byte[] key : read()) {
            if (Arrays.equals(mark, Sealing.mark(key, MARK_LENGTH))) {
                byte[] opened =
                        Sealing.open(key, context.text(), Arrays.copyOfRange(wrapped, MARK_LENGTH, wrapped.length));
                if (opened != null) {
                    return opened;
                }
                throw KeeperException.otherwise(context.what() + " was changed in the registry since " + file
                        + " wrapped it; bring the registry back from a back-up");
            }
        }
        throw new KeeperException(file + " does not hold the key "
                + HexFormat.of().formatHex(mark) + ", which wrapped " + context.what()
                + ": bring it back from a back-up, or copy it from the mixer that made it, mode 600");
    }

    private List<byte[]> read() throws KeeperException {
        try {
            byte[] content = OwnFile.read(file);
            return content == null ? List.of() : parse(new String(content, StandardCharsets.US_ASCII));
        } catch (PassportException unusable) {
            throw new KeeperException(unusable.getMessage(), unusable);
        }
    }

    private List<byte[]> parse(String text) throws KeeperException {
        List<byte[]> keys = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                if (!line.matches("[0-9a-fA-F]{64}")) {
                    throw new KeeperException(
                            file + " line " + (i + 1)
                                    + " is no key: each is 64 hex digits (openssl rand -hex 32); bring the file back from a back-up");
                }
                keys.add(HexFormat.of().parseHex(line));
            }
        }
        if (keys.isEmpty() || keys.size() > KEYS_MAX) {
            throw new KeeperException(file + " holds " + keys.size() + " keys, at least 1 and at most " + KEYS_MAX
                    + " must be there; bring it back from a back-up");
        }
        return keys;
    }

    private byte[] make() throws KeeperException {
        byte[] key = new byte[Sealing.KEY_LENGTH];
        random.nextBytes(key);
        try {
            OwnFile.write(file, (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII));
            return key;
        } catch (PassportException unwritten) {
            throw new KeeperException(unwritten.getMessage(), unwritten);
        }
    }
}
