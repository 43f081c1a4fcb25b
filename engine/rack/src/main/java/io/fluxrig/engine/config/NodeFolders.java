package io.fluxrig.engine.config;

import io.fluxrig.engine.config.NodeConfig.Setting;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.FileReason;
import java.nio.file.Path;

/** Finds the folders of a node's configuration that this user cannot write on this machine. Makes none of them. */
public final class NodeFolders {
    private final NodeConfig config;
    private final Severity severity;
    private final Faults faults;

    private NodeFolders(NodeConfig config, Severity severity, Faults faults) {
        this.config = config;
        this.severity = severity;
        this.faults = faults;
    }

    /**
     * Reports each folder that cannot be written, with the place of its key.
     *
     * @param durable whether the node keeps journals; without, nothing is written to their folders
     */
    public static void check(NodeConfig config, boolean durable, Severity severity, Faults faults) {
        new NodeFolders(config, severity, faults).check(durable);
    }

    /** What is wrong with a folder that could not be written to, at its key. */
    public static Fault fault(NodeConfig config, String key, Path folder, String reason, Severity severity) {
        Setting setting = config.setting(key);
        return new Fault(
                severity,
                setting.place(),
                key,
                "cannot write to " + folder.toAbsolutePath() + ": " + reason,
                "let this user write there, or choose another (--set " + key + "=...)");
    }

    /** The same of one that could not be written to now, and may be at the next try. */
    public static Fault passing(NodeConfig config, String key, Path folder, String reason) {
        Setting setting = config.setting(key);
        return new Fault(
                Severity.ERROR,
                setting.place(),
                key,
                "cannot write to " + folder.toAbsolutePath() + " now: " + reason,
                "mend that (df -h, dmesg -T), and start it again; a service manager does that by itself");
    }

    private void check(boolean durable) {
        boolean logs = !config.text(NodeKeys.LOGGING_FILE).isEmpty();
        boolean data =
                !logs && !durable || writable(NodeKeys.BASE_DATA_DIR, Path.of(config.text(NodeKeys.BASE_DATA_DIR)));
        if (logs) {
            below(data, NodeKeys.LOGGING_FILE, true);
        }
        if (durable) {
            below(data, NodeKeys.STORE_DIR, false);
            below(data, NodeKeys.STORE_KEY_FILE, true);
        }
    }

    /** What lies in a data folder that was told of already is not told of again. */
    private void below(boolean data, String key, boolean file) {
        Path path = config.dataPath(key).toAbsolutePath();
        if (data || Path.of(config.text(key)).isAbsolute()) {
            Path folder = file ? path.getParent() : path;
            writable(key, folder == null ? path : folder);
        }
    }

    private boolean writable(String key, Path folder) {
        String reason = FileReason.unwritable(folder);
        if (reason != null) {
            faults.add(fault(config, key, folder, reason, severity));
        }
        return reason == null;
    }
}
