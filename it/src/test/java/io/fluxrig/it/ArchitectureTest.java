package io.fluxrig.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the direction of the arrows in docs/architecture.md: down only, and iso and transport never meet. */
final class ArchitectureTest {
    /** What others than the lanes see of their rooms. */
    private static final Set<String> SEEN = Set.of(
            // ends
            "JournalGate",
            "JournalReceiver",
            "JournalSender",
            "Shortage",
            "WireEnds",
            "WireRings",
            // entry
            "EntryEnds",
            "EntrySender",
            "OpenEntry",
            "SharedEnds",
            "SharedEntry",
            "SharedSender",
            // journal.store and .entry
            "DamagePolicy",
            "JournalException",
            "JournalFigures",
            "JournalSettings",
            "KeyFile",
            "KeySource",
            "SyncMode",
            "EntryLog",
            // snake.nats, .seal, .wire, .entry and .peer
            "SnakeSettings",
            "WireKeys",
            "SnakeWire",
            "SnakeFigures",
            "SharedEntries",
            "EntryFigures",
            "EntrySettings",
            "Peers",
            "PeerFigures",
            "FarEnd");

    private static JavaClasses built;

    @BeforeAll
    static void read() {
        built = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.fluxrig");
    }

    @AfterAll
    static void forget() {
        built = null;
    }

    private static void hold(ArchRule rule) {
        rule.check(built);
    }

    @Test
    void shouldSeeTheClassesOfEveryRoom() {
        for (String room : List.of("perf", "iso", "transport", "engine", "load", "cli", "mixer", "jpos")) {
            assertThat(built).anyMatch(type -> type.getPackageName().startsWith("io.fluxrig." + room));
        }
    }

    @Test
    void shouldKeepTheConductorOutOfItsOwnRooms() {
        hold(slices().matching("io.fluxrig.engine.gears.conductor.(*)..")
                .should()
                .beFreeOfCycles());
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.engine.gears.conductor.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fluxrig.engine.gears.conductor"));
    }

    @Test
    void shouldPerfKnowsNothingAbove() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.perf..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fluxrig.iso..",
                        "io.fluxrig.transport..",
                        "io.fluxrig.engine..",
                        "io.netty..",
                        "io.vertx.."));
    }

    @Test
    void shouldIsoKnowsBytesOnly() {
        hold(noClasses()
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
                        "org.jpos.."));
    }

    @Test
    void shouldTransportKnowsNoGearAndNoIso() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fluxrig.iso..", "io.fluxrig.engine..", "org.jpos.."));
    }

    @Test
    void shouldTheStoreStaysInTheJournal() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("io.fluxrig.transport.journal.store")
                .and()
                .resideOutsideOfPackage("io.fluxrig.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.openhft.."));
    }

    @Test
    void shouldTransportRoomsAreFreeOfCycles() {
        hold(slices().matching("io.fluxrig.transport.(**)").should().beFreeOfCycles());
    }

    @Test
    void shouldALaneKeepItsRoomsToItself() {
        holdClosed("io.fluxrig.transport..", "io.fluxrig.transport.ends", "io.fluxrig.transport.entry");
        holdClosed("io.fluxrig.transport.journal..", "io.fluxrig.transport.journal.*..");
        holdClosed("io.fluxrig.transport.snake..", "io.fluxrig.transport.snake.*..");
    }

    /** Nobody outside sees of the rooms more than {@link #SEEN}. */
    private static void holdClosed(String inside, String... rooms) {
        DescribedPredicate<JavaClass> own = DescribedPredicate.describe(
                "are the lane's own",
                type -> !SEEN.contains(type.getName().replaceFirst("\\$.*", "").replaceFirst(".*\\.", "")));
        hold(noClasses()
                .that()
                .resideOutsideOfPackage(inside)
                .should()
                .dependOnClassesThat(resideInAnyPackage(rooms).and(own)));
    }

    @Test
    void shouldGearsSeeTheSpiNotTheRack() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.engine.gears..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fluxrig.engine.rack..",
                        "io.fluxrig.engine.scenario..",
                        "io.fluxrig.engine.strip..",
                        "io.vertx.."));
    }

    @Test
    void shouldSpiLeadsNowhereInTheEngine() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.engine.gear")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fluxrig.engine.gears..",
                        "io.fluxrig.engine.rack..",
                        "io.fluxrig.engine.scenario..",
                        "io.fluxrig.engine.strip..",
                        "io.vertx.."));
    }

    @Test
    void shouldEngineDoesNotKnowItsTools() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fluxrig.load..", "io.fluxrig.cli..", "org.jpos.."));
    }

    @Test
    void shouldNobodyNeedTheMixer() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("io.fluxrig.mixer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fluxrig.mixer..", "org.duckdb..", "java.sql..", "io.vertx.openapi.."));
    }

    @Test
    void shouldJposStayInItsPack() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages("io.fluxrig.jpos..", "io.fluxrig.bench..", "io.fluxrig.it..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jpos..", "io.fluxrig.jpos.."));
    }

    @Test
    void shouldAGearPackKnowGearsAndMessagesOnly() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.jpos..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fluxrig.engine.rack..",
                        "io.fluxrig.engine.scenario..",
                        "io.fluxrig.engine.strip..",
                        "io.fluxrig.engine.gears.conductor..",
                        "io.fluxrig.engine.gears.io..",
                        "io.fluxrig.mixer..",
                        "io.fluxrig.load..",
                        "io.fluxrig.cli..",
                        "io.vertx.."));
    }

    @Test
    void shouldMixerLeaveGearsAndToolsAlone() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.mixer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fluxrig.engine.gears..",
                        "io.fluxrig.engine.strip..",
                        "io.fluxrig.engine.agent..",
                        "io.fluxrig.load..",
                        "io.fluxrig.cli.."));
    }

    @Test
    void shouldMixerRoomsAreFreeOfCycles() {
        hold(slices().matching("io.fluxrig.mixer.(*)..").should().beFreeOfCycles());
    }

    @Test
    void shouldTheStoreOfTheRegistryStayInIt() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("io.fluxrig.mixer.registry")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.duckdb.."));
    }

    @Test
    void shouldNatsStayInTransport() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.fluxrig.transport.snake.nats",
                        "io.fluxrig.transport.bus",
                        "io.fluxrig.bench..",
                        "io.fluxrig.it..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.nats.."));
    }

    @Test
    void shouldGearsDoNotKnowEachOther() {
        hold(slices().matching("io.fluxrig.engine.gears.(*)..").should().beFreeOfCycles());
    }

    @Test
    void shouldEngineRoomsAreFreeOfCycles() {
        hold(slices().matching("io.fluxrig.engine.(*)..").should().beFreeOfCycles());
    }

    @Test
    void shouldIsoRoomsAreFreeOfCycles() {
        hold(slices().matching("io.fluxrig.iso.(*)..").should().beFreeOfCycles());
    }

    @Test
    void shouldRoomsAreNamedByThing() {
        hold(classes()
                .should()
                .resideOutsideOfPackages("..util..", "..utils..", "..common..", "..helper..", "..impl.."));
    }

    @Test
    void shouldRoomsHaveNoVagueRoles() {
        hold(noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils"));
    }
}
