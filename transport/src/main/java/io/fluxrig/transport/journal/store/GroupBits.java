package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what the group of a file may do with it, where the file is this process's own user's and nobody else may: a kubelet adds that to every
 * file of a volume with {@code fsGroup} at each mount, and nobody meant it. Stateless; any thread.
 */
public final class GroupBits {
    private static final Set<PosixFilePermission> GROUP = EnumSet.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE);
    /** Belongs to the user that this process runs as. */
    private static final Path OWN = Path.of("/proc/self");

    private static final String UID = "unix:uid";

    private static final Logger LOG = LoggerFactory.getLogger(GroupBits.class);

    private GroupBits() {}

    /**
     * What others than its owner may do with a file and must not; empty if that is nothing, or was the group's alone and has been taken back, which
     * the log says.
     *
     * @param refused what they must not
     * @throws IOException if there is no such file, or its mode cannot be read
     */
    public static Set<PosixFilePermission> open(Path file, Set<PosixFilePermission> refused) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
        open.addAll(mode);
        open.retainAll(refused);
        return open.isEmpty() || GROUP.containsAll(open) && takenBack(file, mode, open) ? Collections.emptySet() : open;
    }

    /** Whether it could be: only its owner can, and root, who is asked whether it is root's. */
    private static boolean takenBack(Path file, Set<PosixFilePermission> mode, Set<PosixFilePermission> open) {
        Set<PosixFilePermission> left = EnumSet.copyOf(mode);
        left.removeAll(open);
        try {
            if (!own(file)) {
                return false;
            }
            Files.setPosixFilePermissions(file, left);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException refused) {
            LOG.debug("the mode of {} stays as it is: {}", file, refused.toString());
            return false;
        }
        LOG.warn(
                "{} was open to its group {} ({}), and is not any more ({}): whoever is of that group may have used it. In Kubernetes fsGroup"
                        + " opens it at each mount: fsGroupChangePolicy: OnRootMismatch leaves it alone",
                file,
                group(file),
                PosixFilePermissions.toString(mode),
                PosixFilePermissions.toString(left));
        return true;
    }

    private static boolean own(Path file) throws IOException {
        return Files.exists(OWN)
                ? Files.getAttribute(file, UID).equals(Files.getAttribute(OWN, UID))
                : Files.getOwner(file).getName().equals(System.getProperty("user.name"));
    }

    private static String group(Path file) {
        try {
            return String.valueOf(Files.getAttribute(file, "posix:group"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return "(unknown)";
        }
    }
}
