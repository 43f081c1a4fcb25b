package io.fluxrig.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the direction of the arrows in docs/architecture.md: down only, and iso and transport never meet. */
@AnalyzeClasses(packages = "io.fluxrig", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule perfKnowsNothingAbove = noClasses()
            .that()
            .resideInAPackage("io.fluxrig.perf..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fluxrig.iso..", "io.fluxrig.transport..", "io.fluxrig.engine..", "io.netty..", "io.vertx..");

    @ArchTest
    static final ArchRule isoKnowsBytesOnly = noClasses()
            .that()
            .resideInAPackage("io.fluxrig.iso..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fluxrig.transport..",
                    "io.fluxrig.engine..",
                    "io.netty..",
                    "io.vertx..",
                    "java.net..",
                    "org.jpos..");

    @ArchTest
    static final ArchRule transportKnowsNoGearAndNoIso = noClasses()
            .that()
            .resideInAPackage("io.fluxrig.transport..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fluxrig.iso..", "io.fluxrig.engine..", "org.jpos..");

    @ArchTest
    static final ArchRule theStoreStaysInTheJournal = noClasses()
            .that()
            .resideOutsideOfPackage("io.fluxrig.transport.journal")
            .and()
            .resideOutsideOfPackage("io.fluxrig.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.openhft..");

    @ArchTest
    static final ArchRule gearsSeeTheSpiNotTheRack = noClasses()
            .that()
            .resideInAPackage("io.fluxrig.engine.gears..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fluxrig.engine.rack..",
                    "io.fluxrig.engine.scenario..",
                    "io.fluxrig.engine.strip..",
                    "io.vertx..");

    @ArchTest
    static final ArchRule spiLeadsNowhereInTheEngine = noClasses()
            .that()
            .resideInAPackage("io.fluxrig.engine.gear")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fluxrig.engine.gears..",
                    "io.fluxrig.engine.rack..",
                    "io.fluxrig.engine.scenario..",
                    "io.fluxrig.engine.strip..",
                    "io.vertx..");

    @ArchTest
    static final ArchRule engineDoesNotKnowItsTools = noClasses()
            .that()
            .resideInAPackage("io.fluxrig.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fluxrig.load..", "io.fluxrig.cli..", "org.jpos..");

    @ArchTest
    static final ArchRule gearsDoNotKnowEachOther =
            slices().matching("io.fluxrig.engine.gears.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule engineRoomsAreFreeOfCycles =
            slices().matching("io.fluxrig.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule isoRoomsAreFreeOfCycles =
            slices().matching("io.fluxrig.iso.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule roomsAreNamedByThing =
            classes().should().resideOutsideOfPackages("..util..", "..utils..", "..common..", "..helper..", "..impl..");

    @ArchTest
    static final ArchRule roomsHaveNoVagueRoles = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils");
}
