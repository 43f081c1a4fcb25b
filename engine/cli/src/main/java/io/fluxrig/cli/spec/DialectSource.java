package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.iso.dialect.Dialect;
import io.fluxrig.iso.dialect.Dialects;
import io.fluxrig.iso.dialect.ImportNote;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecFault;
import io.fluxrig.iso.spec.SpecLoader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the dialect that an option names: one that is built in, one of the store, or a file of any kind that can be imported. */
public final class DialectSource {
    private static final String LATEST = ":latest";

    private final String option;
    private final StoreOptions store;
    private final Console console;

    /** @param option what messages call it, such as {@code --spec} */
    public DialectSource(String option, StoreOptions store, Console console) {
        this.option = option;
        this.store = store;
        this.console = console;
    }

    /**
     * The dialect as it is, with the account of what could not be carried over.
     *
     * @throws CommandFailure with every fault, if it does not load
     */
    Dialect read(String name) {
        Dialect dialect = find(name);
        if (dialect.load().ok()) {
            return dialect;
        }
        throw new CommandFailure(
                ExitCode.CONFIG,
                option + " " + name + " does not load\n  "
                        + faults(dialect.load().faults()));
    }

    /** As {@link #read}, of a dialect that may have any faults. */
    Dialect find(String name) {
        if (SpecLoader.bases().contains(name)) {
            return builtIn(name);
        }
        return ArtefactStore.isReference(name) && !isFile(name) ? ofStore(name) : ofFile(name);
    }

    private Dialect ofStore(String reference) {
        try {
            return Dialects.read(reference, store.library(console).content(reference));
        } catch (ArtefactException e) {
            String nearest = Nearest.find(reference, SpecLoader.bases());
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    option + " " + reference + ": " + e.getMessage()
                            + (nearest == null ? "" : "; or did you mean the built-in '" + nearest + "'?"));
        }
    }

    private static boolean isFile(String name) {
        return FileReason.noPath(name) == null && Files.isRegularFile(Path.of(name));
    }

    /**
     * The spec of a dialect; what of its description is not expressed in it is told, for messages may have it.
     *
     * @throws CommandFailure as {@link #read}
     */
    public Spec spec(String name, PrintStream tell) {
        Dialect dialect = read(name);
        dialect.notes().stream()
                .filter(note -> note.severity() == ImportNote.Severity.LOST)
                .forEach(note -> tell.println("fluxrig: " + name + ": " + note));
        return dialect.load().orThrow();
    }

    static Dialect builtIn(String name) {
        String text =
                "spec:\n  id: " + name.replace(':', '-') + "\n  version: 1.0.0\n  wire: { source: '" + name + "' }\n";
        return Dialects.read(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Dialect ofFile(String name) {
        if (!isFile(name)) {
            String nearest = isNamedInStore(name) ? name + LATEST : Nearest.find(name, SpecLoader.bases());
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    option + " " + name + ": no such file; "
                            + (nearest == null ? "" : "did you mean '" + nearest + "'? ")
                            + "name a spec, a moov spec or a jPOS packager, name:tag of the store, or one that is built in: "
                            + String.join(", ", SpecLoader.bases()));
        }
        return Dialects.read(Path.of(name));
    }

    /** Whether only the tag is missing; false as well where the store cannot be asked. */
    private boolean isNamedInStore(String name) {
        if (!ArtefactStore.isReference(name + LATEST)) {
            return false;
        }
        try {
            return !store.library(console).history(name).isEmpty();
        } catch (ArtefactException | CommandFailure notThere) {
            return false;
        }
    }

    static String faults(List<SpecFault> faults) {
        return faults.stream().map(SpecFault::toString).collect(Collectors.joining("\n  "));
    }
}
