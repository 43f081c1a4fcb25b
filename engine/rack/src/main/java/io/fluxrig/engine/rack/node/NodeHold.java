package io.fluxrig.engine.rack.node;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeFolders;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.log.LogOptions;
import io.fluxrig.engine.log.RackLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** What every node's process has around its work: the data folder, held so that no other process writes there, and the log. */
public final class NodeHold {
    private final NodeConfig config;
    private final PrintStream err;
    private final Holding holding;
    private final Logging logging;

    /** @param err gets what keeps the node from starting */
    public NodeHold(NodeConfig config, PrintStream err) {
        this(config, err, DataFolder::hold, RackLog::start);
    }

    /** For tests, on a disk of theirs. */
    NodeHold(NodeConfig config, PrintStream err, Holding holding, Logging logging) {
        this.config = config;
        this.err = err;
        this.holding = holding;
        this.logging = logging;
    }

    /** How the data folder is held. */
    @FunctionalInterface
    interface Holding {
        DataFolder hold(Path folder) throws IOException, FolderHeldException;
    }

    /** How the log is begun. */
    @FunctionalInterface
    interface Logging {
        RackLog start(LogOptions options) throws IOException;
    }

    /** The node's work; its exit code. */
    @FunctionalInterface
    public interface Work {
        int run(RackLog log);
    }

    /** Whether the node has a log file, which only one process may write. */
    public boolean logs() {
        return !config.text(NodeKeys.LOGGING_FILE).isEmpty();
    }

    /**
     * Runs the work with its log and nothing held, where nothing is written.
     *
     * @return the work's exit code, or that of what kept it from starting
     */
    public int unheld(Work work) {
        return withLog(work);
    }

    /** Runs the work with the data folder held; its exit code as of {@link #unheld}. */
    public int holding(Work work) {
        Path data = Path.of(config.text(NodeKeys.BASE_DATA_DIR));
        DataFolder folder;
        try {
            folder = holding.hold(data);
        } catch (IOException unusable) {
            return unwritable(NodeKeys.BASE_DATA_DIR, data, unusable);
        } catch (FolderHeldException taken) {
            err.println("fluxrig: " + taken.getMessage());
            return NodeExit.FAILED;
        }
        try {
            return withLog(work);
        } finally {
            folder.close();
        }
    }

    private int withLog(Work work) {
        LogOptions options = LogOptions.from(config);
        try (RackLog log = logging.start(options)) {
            return work.run(log);
        } catch (IOException noFile) {
            return unwritable(NodeKeys.LOGGING_FILE, options.file(), noFile);
        }
    }

    /**
     * What the check before did not see. A file that came in between is a fault of the configuration; a full disk, or locks of an NFS server that starts
     * again, are not, and a service manager is to try again.
     */
    private int unwritable(String key, Path path, IOException why) {
        if (FileReason.lasts(why)) {
            err.println(NodeFolders.fault(config, key, path, FileReason.of(why), Severity.ERROR));
            return NodeExit.BAD_CONFIG;
        }
        err.println(NodeFolders.passing(config, key, path, FileReason.of(why)));
        return NodeExit.FAILED;
    }
}
