package io.fluxrig.mixer.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a registry's audit log had come, in a file beside it, so that a registry that lost changes without a word is found out: DuckDB
 * takes a write-ahead file that is damaged or gone for one that ends there. Written after what it tells of was kept, so it never says more;
 * less, where it could not be written. The registry's thread.
 */
final class RegistryMark {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryMark.class);
    private static final int LENGTH_MAX = 20;

    private final Path file;
    private final Path registry;
    private long last;

    RegistryMark(Path registry) {
        this.registry = registry;
        this.file = registry.resolveSibling(registry.getFileName() + ".mark");
    }

    /** Says so if the registry holds less than it did; once, since from then on that is what it holds. */
    void check(long holds) {
        long had = read();
        last = holds;
        if (holds < had) {
            LOG.error(
                    "the registry {} has lost changes: its audit log ends with line {}, and had line {}; its write-ahead file was damaged or"
                            + " removed, or an older copy was put back. Racks that were removed or suspended after line {} are let in again: remove"
                            + " or suspend them once more, with keys of wires retired, before they can connect (docs/operating.md, Back-up and"
                            + " restore). Unless that is what you want, {}",
                    registry,
                    holds,
                    had,
                    holds,
                    DuckRemedy.restore(registry));
        }
        if (holds != had) {
            write();
        }
    }

    long last() {
        return last;
    }

    /** The audit log has come to that line. */
    void reached(long line) {
        if (line != last) {
            last = line;
            write();
        }
    }

    /** Zero where nobody wrote it down. */
    private long read() {
        try {
            String text = Files.exists(file) && Files.size(file) <= LENGTH_MAX
                    ? Files.readString(file).strip()
                    : "";
            return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
        } catch (IOException unknown) {
            LOG.warn("whether the registry lost changes is not known: {} cannot be read: {}", file, unknown.toString());
            return 0;
        }
    }

    private void write() {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(draft, (last + "\n").getBytes(StandardCharsets.US_ASCII));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            // the registry says that its disk is full; what stands there tells of fewer changes, and so of no loss that
            // is none
            LOG.debug("{} is not written: {}", file, full.toString());
        }
    }
}
