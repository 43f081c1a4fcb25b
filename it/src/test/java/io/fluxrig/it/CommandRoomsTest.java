package io.fluxrig.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds what the rooms of the command line know of each other, as docs/architecture.md says it. */
final class CommandRoomsTest {
    private static final String CLI = "io.fluxrig.cli";

    /** Of the rooms below {@value #CLI}, which know nothing of what lies above. */
    private static final Map<String, Set<String>> KNOWN = Map.ofEntries(
            Map.entry("console", Set.of()),
            Map.entry("http", Set.of()),
            Map.entry("options", Set.of("console")),
            Map.entry("screen", Set.of("console")),
            Map.entry("status", Set.of("console", "http", "screen")),
            Map.entry("mixer", Set.of("console", "http")),
            Map.entry("fleet", Set.of("console", "mixer")),
            Map.entry("scenario", Set.of("console", "mixer")),
            Map.entry("demo", Set.of("console", "options", "status")),
            Map.entry("spec", Set.of("console", "options", "mixer")),
            Map.entry("load", Set.of("console", "options", "screen", "status", "spec")),
            Map.entry("config", Set.of("console", "options", "spec", "demo")),
            Map.entry("node", Set.of("console", "options", "config")));

    private static JavaClasses built;

    @BeforeAll
    static void read() {
        built = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(CLI);
    }

    @AfterAll
    static void forget() {
        built = null;
    }

    @Test
    void shouldBeFreeOfCycles() {
        slices().matching(CLI + ".(*)..").should().beFreeOfCycles().check(built);
    }

    @Test
    void shouldKnowNoMoreThanTheyNeed() {
        KNOWN.forEach((room, known) -> {
            String[] seen = Stream.concat(Stream.of(room), known.stream())
                    .map(each -> CLI + "." + each + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(CLI + "." + room + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage(CLI + "..").and(resideOutsideOfPackages(seen)))
                    .check(built);
        });
    }

    /** A room that is not listed would not be held to anything. */
    @Test
    void shouldAllBeListed() {
        Set<String> rooms = built.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(CLI))
                .map(name -> name.substring(CLI.length() + 1))
                .collect(Collectors.toSet());

        assertThat(rooms).isEqualTo(KNOWN.keySet());
    }
}
