package io.fluxrig.engine.scenario;

import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.iso.spec.Spec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What tells a gear that a changed scenario left as it was from one that it changed: the type, everything that stands in its
 * configuration once variables are put in, its dialect, and the bytes of every file it reads. Of use within one process only.
 */
final class GearFingerprint {
    private GearFingerprint() {}

    static String of(GearFactory factory, CheckedConfig config) {
        MessageDigest digest = sha256();
        put(digest, factory.manifest().type());
        put(digest, String.valueOf(config.source().plain()));
        put(digest, config.unwritten());
        for (Spec spec : config.specs()) {
            put(
                    digest,
                    spec.hash() + spec.wire().hashCode()); // a base that it names may have changed under the same bytes
        }
        SortedSet<Path> files = new TreeSet<>(config.files());
        files.addAll(factory.files(config));
        for (Path file : files) {
            put(digest, file.toString());
            digest.update(content(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Nothing for what cannot be read: the check has told of it, or the gear is to write it. */
    private static byte[] content(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    private static void put(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
