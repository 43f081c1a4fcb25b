package io.fluxrig.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages right below one, with all that is below them, and what they know of each other. */
final class Rooms {
    private final String above;
    private final JavaClasses built;

    /** @param above the package that they are in, by its whole name */
    Rooms(String above) {
        this.above = above;
        this.built = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(above);
    }

    void holdFreeOfCycles() {
        slices().matching(above + ".(*)..").should().beFreeOfCycles().check(built);
    }

    /** @param known by room what others it knows; none knows what lies in the package above */
    void holdTo(Map<String, Set<String>> known) {
        known.forEach((room, others) -> {
            String[] seen = Stream.concat(Stream.of(room), others.stream())
                    .map(each -> above + "." + each + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(above + "." + room + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage(above + "..").and(resideOutsideOfPackages(seen)))
                    .check(built);
        });
    }

    /** The names of all. */
    Set<String> names() {
        return built.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(above))
                .map(name -> name.substring(above.length() + 1))
                .map(name -> name.contains(".") ? name.substring(0, name.indexOf('.')) : name)
                .collect(Collectors.toSet());
    }
}
