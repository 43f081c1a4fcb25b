package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Json;
import io.fluxrig.cli.console.Table;
import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluxrig spec}: what can be done with a dialect. */
@Command(name = "spec", description = "Dialects: read and write messages with them, keep them by name.")
public final class SpecCommand implements Runnable {
    private static final int HASH_SHOWN = 12;

    @Spec
    private CommandSpec spec;

    private final Console console;

    private SpecCommand(Console console) {
        this.console = console;
    }

    /** The command with those below it. */
    public static CommandLine line(Console console) {
        CommandLine line = new CommandLine(new SpecCommand(console));
        line.addSubcommand("decode", new DecodeCommand(console));
        line.addSubcommand("encode", new EncodeCommand(console));
        line.addSubcommand("import", new ImportCommand(console));
        line.addSubcommand("lint", new LintCommand(console));
        line.addSubcommand("diff", new DiffCommand(console));
        line.addSubcommand("doc", new DocCommand(console));
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            description =
                    "Everything in the store, of this machine or of the mixer that --api or FLUXRIG_API_URL names.")
    int list(@Mixin LibraryOptions store, @Option(names = "--json", description = "a JSON array") boolean json) {
        try {
            print(store.library(console).list(), json);
            return ExitCode.DONE;
        } catch (ArtefactException e) {
            throw CommandFailure.failed(e.getMessage());
        }
    }

    @Command(description = "The tags of a name, in the order in which they were given.")
    int history(
            @Parameters(paramLabel = "NAME", description = "see 'spec list'") String name,
            @Mixin LibraryOptions store,
            @Option(names = "--json", description = "a JSON array") boolean json) {
        try {
            print(store.library(console).history(name), json);
            return ExitCode.DONE;
        } catch (ArtefactException e) {
            throw CommandFailure.failed(e.getMessage());
        }
    }

    private void print(List<Artefact> artefacts, boolean json) {
        if (json) {
            console.out()
                    .println(Json.line(
                            artefacts.stream().map(SpecCommand::object).toList()));
            return;
        }
        if (artefacts.isEmpty()) {
            console.out()
                    .println("nothing is kept there; --api names a mixer's store, --store another folder, and"
                            + " 'fluxrig spec import' fills it");
            return;
        }
        Table table = new Table("NAME", "TAG", "SHA-256", "ADDED");
        artefacts.forEach(each -> table.row(
                each.name(),
                each.tag(),
                each.hash().substring(0, HASH_SHOWN),
                each.added().toString()));
        console.out().print(table.text(console.terminal()));
    }

    private static Map<String, Object> object(Artefact artefact) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", artefact.name());
        object.put("tag", artefact.tag());
        object.put("hash", artefact.hash());
        object.put("added", artefact.added().toString());
        return object;
    }

    @Command(description = "The bytes of what is in the store: name:tag, name:latest, or sha256:...")
    int export(
            @Parameters(paramLabel = "NAME:TAG", description = "see 'spec list'") String reference,
            @Option(
                            names = {"-o", "--out"},
                            paramLabel = "FILE",
                            description = "a file that is not there yet (standard output)")
                    Path file,
            @Mixin LibraryOptions store) {
        try {
            byte[] content = store.library(console).content(reference);
            if (file == null) {
                console.out().write(content, 0, content.length);
                console.out().flush();
            } else {
                Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
            return ExitCode.DONE;
        } catch (ArtefactException e) {
            throw CommandFailure.failed(e.getMessage());
        } catch (FileAlreadyExistsException there) {
            throw CommandFailure.failed(file + " exists; choose another --out");
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write " + file + ": " + FileReason.of(e) + "; choose another --out");
        }
    }
}
