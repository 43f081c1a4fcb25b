package io.fluxrig.cli.config;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Json;
import io.fluxrig.cli.spec.StoreOptions;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fluxrig check}: everything wrong with configuration files, without running anything. */
@Command(
        name = "check",
        description = "Check files of every kind: every fault, its line, the fix.",
        footer = {"", "Exit code 0: all good; 78: an error, or with --strict a warning."})
public final class CheckCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "what to check")
    List<Path> files;

    @Option(names = "--strict", description = "a warning is an error")
    boolean strict;

    @Option(names = "--json", description = "one JSON object")
    boolean json;

    @Mixin
    StoreOptions store;

    private final Console console;

    public CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ScenarioLoader scenarios =
                new ScenarioLoader(GearCatalog.installed(), console.environment()::get, store.openIfTold(console));
        List<FileCheck> checks =
                files.stream().map(file -> FileCheck.of(file, scenarios)).toList();
        boolean good = checks.stream().allMatch(check -> check.good(strict));
        if (json) {
            console.out().println(Json.line(object(checks, good)));
        } else {
            checks.forEach(this::print);
        }
        return good ? ExitCode.DONE : ExitCode.CONFIG;
    }

    private void print(FileCheck check) {
        check.faults().forEach(fault -> console.out().println(fault));
        if (!check.notChecked().isEmpty()) {
            console.out().println(check.file() + ": " + check.notChecked());
        }
        long errors = check.faults().stream().filter(Fault::isError).count();
        long warnings = check.faults().size() - errors;
        if (errors + warnings == 0) {
            console.out().println(check.file() + ": good " + FileKind.noun(check.kind()));
        } else {
            console.out().println(check.file() + ": " + counted(errors, "error") + ", " + counted(warnings, "warning"));
        }
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private Map<String, Object> object(List<FileCheck> checks, boolean good) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (FileCheck check : checks) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("file", check.file().toString());
            entry.put("kind", check.kind());
            entry.put("good", check.good(strict));
            entry.put(
                    "faults", check.faults().stream().map(CheckCommand::object).toList());
            entry.put("not_checked", check.notChecked());
            list.add(entry);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("good", good);
        root.put("files", list);
        return root;
    }

    private static Map<String, Object> object(Fault fault) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("severity", fault.isError() ? "error" : "warning");
        entry.put("file", fault.place().file());
        entry.put("line", fault.place().line());
        entry.put("column", fault.place().column());
        entry.put("key", fault.key());
        entry.put("what", fault.what());
        entry.put("fix", fault.fix());
        return entry;
    }
}
