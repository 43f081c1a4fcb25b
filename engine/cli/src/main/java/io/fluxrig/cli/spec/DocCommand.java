package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.PageFile;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.iso.reference.Reference;
import io.fluxrig.iso.spec.Spec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fluxrig spec doc}: the protocol reference of a dialect. */
@Command(
        name = "doc",
        description = "Write the reference of a dialect: messages, fields, values, checks.",
        footer = {"", "HTML is one file that needs no other, and prints well."})
final class DocCommand implements Callable<Integer> {
    private static final String HTML = "html";
    private static final String COMPLETE = "complete";

    @Parameters(paramLabel = "SPEC", description = "a file of any kind, a built-in, or name:tag")
    String name;

    @Option(names = "--format", paramLabel = "FORMAT", description = "html or markdown (html)")
    String format = HTML;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "public: without what the spec calls private; complete (public)")
    String scope = "public";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "where it is written, over an earlier one too (standard output)")
    Path file;

    @Mixin
    LibraryOptions store;

    private final Console console;

    DocCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        requireWord("--format", format, HTML, "markdown");
        requireWord("--scope", scope, "public", COMPLETE);
        if (file != null) {
            PageFile.requireReplaceable("--out", file, Reference::isOne);
        }
        Spec spec = new DialectSource("spec doc", store, console).spec(name, console.err());
        boolean complete = scope.equals(COMPLETE);
        byte[] page = (format.equals(HTML) ? Reference.html(spec, complete) : Reference.markdown(spec, complete))
                .getBytes(StandardCharsets.UTF_8);
        if (file == null) {
            console.out().write(page, 0, page.length);
            console.out().flush();
            return ExitCode.DONE;
        }
        try {
            Files.write(file, page);
            console.err().println("written: " + file);
            return ExitCode.DONE;
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write " + file + ": " + FileReason.of(e) + "; choose another --out");
        }
    }

    private static void requireWord(String option, String word, String one, String other) {
        if (!word.equals(one) && !word.equals(other)) {
            throw new CommandFailure(ExitCode.USAGE, option + " " + word + ": write " + one + " or " + other);
        }
    }
}
