package io.fluxrig.bench.reload;

import io.fluxrig.bench.rack.PaymentSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The payment switch in a folder of its own, and what is changed about it, one thing after the other. One thread. */
final class Edits {
    private final Path folder;
    private final String original;
    private final Set<Kind> changed = EnumSet.noneOf(Kind.class);

    /** What a change replaces. */
    enum Kind {
        /** The conductor, with every request that is open. */
        SWITCH,
        /** The server that terminals are connected to. */
        TERMINALS,
        /** The lines to scheme A. */
        LINES,
        /** The table of BIN ranges, and so the conductor. */
        TABLE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Writes it as it is to begin with.
     *
     * @param original folder of the payment switch and its table
     */
    Edits(Path folder, Path original) throws IOException {
        this.folder = folder;
        this.original = Files.readString(original.resolve("payment-switch.yaml"));
        Files.createDirectories(folder);
        Files.writeString(table(), Files.readString(original.resolve("bin-ranges.csv")));
        write();
    }

    Path scenario() {
        return folder.resolve("switch.yaml");
    }

    private Path table() {
        return folder.resolve("bins.csv");
    }

    /** Changes that, back where it was changed before. */
    void change(Kind kind) throws IOException {
        if (kind == Kind.TABLE) {
            Files.writeString(table(), "# changed\n", StandardOpenOption.APPEND);
            return;
        }
        if (!changed.add(kind)) {
            changed.remove(kind);
        }
        write();
    }

    private void write() throws IOException {
        PaymentSwitch text = PaymentSwitch.of(original).table(table());
        if (changed.contains(Kind.SWITCH)) {
            text = text.with("timeout: 10s", "timeout: 9s");
        }
        if (changed.contains(Kind.TERMINALS)) {
            text = text.with("max_connections: 16384", "max_connections: 16000");
        }
        if (changed.contains(Kind.LINES)) {
            text = text.with(
                    "connect: \"${SCHEME_A_ADDRESS:127.0.0.1:9101}\", reconnect_wait: 2s",
                    "connect: \"${SCHEME_A_ADDRESS:127.0.0.1:9101}\", reconnect_wait: 3s");
        }
        text.write(scenario());
    }
}
