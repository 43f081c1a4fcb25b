package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Json;
import io.fluxrig.iso.reference.Plain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fluxrig spec diff}: what two dialects say differently, field by field. */
@Command(
        name = "diff",
        description = "What two dialects say differently, field by field: of the bytes and of the meanings.",
        footer = {"", "Exit code 0: nothing; 1: something."})
final class DiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "a file of any kind, a built-in, or name:tag")
    String a;

    @Parameters(index = "1", paramLabel = "B", description = "the other")
    String b;

    @Option(names = "--json", description = "one JSON object a line")
    boolean json;

    @Mixin
    LibraryOptions store;

    private final Console console;

    DiffCommand(Console console) {
        this.console = console;
    }

    /** One property that is not the same; null where a side does not have it. */
    private record Difference(String subject, String property, String a, String b) {}

    @Override
    public Integer call() {
        Map<String, Map<String, String>> one =
                DialectFacts.of(new DialectSource("A", store, console).spec(a, console.err()));
        Map<String, Map<String, String>> other =
                DialectFacts.of(new DialectSource("B", store, console).spec(b, console.err()));
        List<Difference> differences = differences(one, other);
        if (json) {
            differences.forEach(difference -> console.out().println(Json.line(object(difference))));
        } else {
            print(differences, one, other);
        }
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static List<Difference> differences(
            Map<String, Map<String, String>> one, Map<String, Map<String, String>> other) {
        List<Difference> differences = new ArrayList<>();
        Set<String> subjects = new TreeSet<>(DialectFacts.ORDER);
        subjects.addAll(one.keySet());
        subjects.addAll(other.keySet());
        for (String subject : subjects) {
            Map<String, String> here = one.getOrDefault(subject, Map.of());
            Map<String, String> there = other.getOrDefault(subject, Map.of());
            Set<String> properties = new LinkedHashSet<>(here.keySet());
            properties.addAll(there.keySet());
            for (String property : properties) {
                if (!here.getOrDefault(property, "").equals(there.getOrDefault(property, ""))) {
                    differences.add(new Difference(subject, property, here.get(property), there.get(property)));
                }
            }
        }
        return differences;
    }

    private void print(
            List<Difference> differences,
            Map<String, Map<String, String>> one,
            Map<String, Map<String, String>> other) {
        String last = "";
        for (Difference difference : differences) {
            String subject = difference.subject();
            if (!subject.equals(last)) {
                last = subject;
                String only =
                        one.containsKey(subject) ? other.containsKey(subject) ? "" : ": only in A" : ": only in B";
                console.out().println(Plain.line(subject) + only);
            }
            console.out()
                    .println(
                            "  " + difference.property() + ": " + side(difference.a()) + " -> " + side(difference.b()));
        }
        if (differences.isEmpty()) {
            console.out().println("the same");
        }
    }

    private static String side(String value) {
        return value == null ? "(nothing)" : Plain.line(value);
    }

    private static Map<String, Object> object(Difference difference) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", difference.subject());
        object.put("property", difference.property());
        object.put("a", difference.a());
        object.put("b", difference.b());
        return object;
    }
}
