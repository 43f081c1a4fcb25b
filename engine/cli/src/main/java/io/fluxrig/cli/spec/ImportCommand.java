package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.iso.dialect.Dialect;
import io.fluxrig.iso.dialect.ImportNote;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fluxrig spec import}: a dialect into the store. */
@Command(
        name = "import",
        description = "Keep a dialect under a name and a tag, as a spec that stands alone.",
        footer = {
            "",
            "Every difference is printed with its line. Where bytes or meaning are lost, only --force imports."
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "a spec, a moov spec or a jPOS packager")
    String file;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "what it is called, such as acme")
    String name;

    @Option(
            names = "--tag",
            required = true,
            paramLabel = "TAG",
            description = "which one it is, such as v1.0.0; for ever")
    String tag;

    @Option(names = "--force", description = "also where something is lost")
    boolean force;

    @Mixin
    LibraryOptions store;

    private final Console console;

    ImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Dialect dialect = new DialectSource("import", store, console).read(file);
        dialect.notes().forEach(note -> console.out().println(note));
        dialect.load().faults().forEach(warning -> console.out().println(warning));
        long lost = dialect.notes().stream()
                .filter(note -> note.severity() == ImportNote.Severity.LOST)
                .count();
        if (lost > 0 && !force) {
            throw CommandFailure.failed(
                    file + " is not imported: " + (lost == 1 ? "one thing is" : lost + " things are")
                            + " lost, see above; describe that in the file, or import it with --force");
        }
        try {
            Artefact added =
                    store.library(console).add(name, tag, dialect.yaml().getBytes(StandardCharsets.UTF_8));
            console.out().println(added.reference() + " is sha256:" + added.hash());
        } catch (ArtefactException e) {
            throw CommandFailure.failed(e.getMessage());
        }
        return ExitCode.DONE;
    }
}
