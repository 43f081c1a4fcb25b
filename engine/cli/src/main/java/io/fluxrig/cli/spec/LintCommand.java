package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Json;
import io.fluxrig.iso.dialect.Dialect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fluxrig spec lint}: everything that is wrong with a dialect. */
@Command(
        name = "lint",
        description = "Everything wrong with a dialect, and everything that an import would do otherwise.",
        footer = {"", "Exit code 0: it loads and nothing is lost; 1: something is lost; 78: it does not load."})
final class LintCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SPEC", description = "a file of any kind, a built-in, or name:tag")
    String spec;

    @Option(names = "--json", description = "one JSON object")
    boolean json;

    @Mixin
    LibraryOptions store;

    private final Console console;

    LintCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Dialect dialect = new DialectSource("lint", store, console).find(spec);
        List<String> faults =
                dialect.load().faults().stream().map(Object::toString).toList();
        List<String> notes = dialect.notes().stream().map(Object::toString).toList();
        boolean loads = dialect.load().ok();
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("loads", loads);
            object.put("whole", dialect.whole());
            object.put("faults", faults);
            object.put("notes", notes);
            console.out().println(Json.line(object));
        } else {
            faults.forEach(console.out()::println);
            notes.forEach(console.out()::println);
            String verdict = loads ? dialect.whole() ? "good" : "loads, but something is lost" : "does not load";
            console.out().println(spec + ": " + verdict);
        }
        if (!loads) {
            return ExitCode.CONFIG;
        }
        return dialect.whole() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
