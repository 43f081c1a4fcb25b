package io.fluxrig.engine.control;

import io.fluxrig.engine.passport.Cbor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A scenario with every file that it reads, so that a rack needs nothing else: the scenario's own file, dialects, tables. Names are
 * relative paths with {@code /}, as the files lay beside each other where they came from. The same files make the same bytes.
 * Immutable by convention.
 *
 * @param format of this map
 * @param main the scenario's file, one of the names
 * @param files by name
 */
public record ScenarioBundle(int format, String main, SortedMap<String, byte[]> files) {
    /** The format that this version writes and reads. */
    public static final int FORMAT = 1;

    /** Bytes of a bundle at most. */
    public static final int LENGTH_MAX = 4 << 20;

    /** Files of a bundle at most. */
    public static final int FILES_MAX = 256;

    private static final int NAME_LENGTH_MAX = 200;
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");
    private static final String NAME = "[A-Za-z0-9_.+@=, -]+(/[A-Za-z0-9_.+@=, -]+)*";

    public ScenarioBundle {
        Objects.requireNonNull(main, "main");
        files = new TreeMap<>(files);
        if (files.size() > FILES_MAX) {
            throw new IllegalArgumentException("files=" + files.size() + " max=" + FILES_MAX);
        }
        for (String name : files.keySet()) {
            check(name);
            checkFolders(name, files);
        }
        if (!files.containsKey(main)) {
            throw new IllegalArgumentException("the scenario's file is not in the bundle");
        }
    }

    /** @param files by name */
    public static ScenarioBundle of(String main, Map<String, byte[]> files) {
        return new ScenarioBundle(FORMAT, main, new TreeMap<>(files));
    }

    /**
     * A bundle from bytes.
     *
     * @throws IOException if it is none, or one of its names could lead out of its folder
     */
    public static ScenarioBundle read(byte[] bytes) throws IOException {
        ScenarioBundle bundle = Cbor.read(bytes, ScenarioBundle.class, LENGTH_MAX);
        if (bundle.format() != FORMAT) {
            throw new IOException("bundle format=" + bundle.format() + ", this version reads " + FORMAT);
        }
        return bundle;
    }

    /** As bytes, the same for the same files. */
    public byte[] write() {
        return Cbor.write(this);
    }

    /** The scenario's own bytes. */
    public byte[] mainBytes() {
        return files.get(main);
    }

    /** Whether a file holds a private key as PEM has it; one belongs on the racks, and goes along with no scenario. */
    public static boolean holdsPrivateKey(byte[] content) {
        return PRIVATE_KEY
                .matcher(new String(content, StandardCharsets.ISO_8859_1))
                .find();
    }

    /** What is a file can be no folder as well, on no machine. */
    private static void checkFolders(String name, Map<String, byte[]> files) {
        for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
            if (files.containsKey(name.substring(0, end))) {
                throw new IllegalArgumentException("a file of the bundle has the name of another one's folder");
            }
        }
    }

    /** Hidden files and steps upwards begin with a dot. */
    private static void check(String name) {
        boolean good = name.length() <= NAME_LENGTH_MAX && name.matches(NAME);
        for (String part : name.split("/", -1)) {
            good &= !part.startsWith(".");
        }
        if (!good) {
            throw new IllegalArgumentException("a file of the bundle has a name that none may have");
        }
    }
}
