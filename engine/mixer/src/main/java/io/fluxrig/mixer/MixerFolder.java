package io.fluxrig.mixer;

import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use the mixer's folder: its user and nobody else, whatever the umask was when something in there was made. What group and others may do is
 * taken away, down to {@value #DEPTH_MAX} levels; what lies deeper, streams of NATS and contents of artefacts, is behind those. The folder itself may
 * be a symbolic link; what one in there leads to is left as it is.
 */
final class MixerFolder {
    private static final Logger LOG = LoggerFactory.getLogger(MixerFolder.class);
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");
    /** {@code nats/nats.conf} is at the second. */
    private static final int DEPTH_MAX = 2;

    private MixerFolder() {}

    /** Closes to others what is open to them; what cannot be is told, with what to type. */
    static void close(Path folder) {
        try {
            Files.walkFileTree(folder.toRealPath(), EnumSet.noneOf(FileVisitOption.class), DEPTH_MAX, new Closing());
        } catch (IOException e) {
            LOG.warn("what others may read in {} is not known: {}", folder, FileReason.of(e));
        }
    }

    private static final class Closing extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return only(folder);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink() || attributes.isOther()) {
                return FileVisitResult.CONTINUE;
            }
            // a folder at the last level comes here, too
            return only(file);
        }

        /** One that has gone meanwhile is nobody's. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            if (Files.exists(file)) {
                LOG.warn("what others may read in {} is not known: {}", file, FileReason.of(failure));
            }
            return FileVisitResult.CONTINUE;
        }

        private static FileVisitResult only(Path path) {
            try {
                Set<PosixFilePermission> now = Files.getPosixFilePermissions(path);
                if (!OWNERS.containsAll(now)) {
                    Set<PosixFilePermission> left = EnumSet.copyOf(OWNERS);
                    left.retainAll(now);
                    Files.setPosixFilePermissions(path, left);
                    LOG.info(
                            "{} was open to others ({}), and is the mixer's alone now",
                            path,
                            PosixFilePermissions.toString(now));
                }
            } catch (IOException e) {
                if (Files.exists(path)) {
                    LOG.warn(
                            "{} may be used by others, and cannot be closed to them: {}; type: chmod go= {}",
                            path,
                            FileReason.of(e),
                            path);
                }
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
