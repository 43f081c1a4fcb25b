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
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the direction of the arrows in docs/architecture.md: down only, and iso and transport never meet. */
final class ArchitectureTest {
    /** What others than the lanes see of their rooms, by the name of the room below {@code io.fluxrig.transport}. */
    private static final Map<String, Set<String>> SEEN = Map.of(
            "ends",
            Set.of("JournalGate", "JournalReceiver", "JournalSender", "Shortage", "WireEnds", "WireRings"),
            "entry",
            Set.of("EntryEnds", "EntrySender", "OpenEntry", "SharedEnds", "SharedEntry", "SharedSender"),
            "journal.store",
            Set.of(
                    "DamagePolicy",
                    "GroupBits",
                    "JournalException",
                    "JournalFigures",
                    "JournalSettings",
                    "KeyFile",
                    "KeySource",
                    "SyncMode"),
            "journal.entry",
            Set.of("EntryLog"),
            "snake.nats",
            Set.of("SnakeSettings"),
            "snake.seal",
            Set.of("WireKeys"),
            "snake.wire",
            Set.of("SnakeWire", "SnakeFigures"),
            "snake.entry",
            Set.of("SharedEntries", "EntryFigures", "EntrySettings"),
            "snake.peer",
            Set.of("Peers", "PeerFigures", "FarEnd"));

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
        DescribedPredicate<JavaClass> own = DescribedPredicate.describe("are the lane's own", type -> !isSeen(type));
        hold(noClasses()
                .that()
                .resideOutsideOfPackage(inside)
                .should()
                .dependOnClassesThat(resideInAnyPackage(rooms).and(own)));
    }

    private static boolean isSeen(JavaClass type) {
        String room = type.getPackageName().replaceFirst("^io\\.fluxrig\\.transport\\.", "");
        String name =
                type.getName().substring(type.getPackageName().length() + 1).replaceFirst("\\$.*", "");
        return SEEN.getOrDefault(room, Set.of()).contains(name);
    }

    /** A name that is not there any more would let in whatever gets it next. */
    @Test
    void shouldKnowAllThatIsSeen() {
        SEEN.forEach((room, names) ->
                names.forEach(name -> assertThat(built.contain("io.fluxrig.transport." + room + "." + name))
                        .as(room + "." + name)
                        .isTrue()));
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
    void shouldAPlanKnowNoStripAndAStripNoLoop() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.engine.strip.plan")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fluxrig.engine.strip", "io.fluxrig.engine.strip.loop", "io.netty..", "io.vertx.."));
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.engine.strip")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fluxrig.engine.strip.loop", "io.vertx.."));
    }

    @Test
    void shouldATrialJudgeByCountersAndPlansAlone() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.engine.rack.trial")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fluxrig.engine.rack",
                        "io.fluxrig.engine.gears..",
                        "io.fluxrig.engine.scenario..",
                        "io.vertx.."));
    }

    /** What the supervisor is made of knows nothing of it, it nothing of what is made of it. */
    @Test
    void shouldRackRoomsLeadDownOnly() {
        hold(slices().matching("io.fluxrig.engine.rack.(**)").should().beFreeOfCycles());
        holdBelow("io.fluxrig.engine.rack.[window|node|plan|trial|wire|strips|change]..", "", ".api", ".process");
        holdBelow("io.fluxrig.engine.rack", ".api", ".process");
        holdBelow("io.fluxrig.engine.rack.api", ".process");
        holdBelow("io.fluxrig.engine.rack.[window|node|trial]..", ".plan", ".wire", ".strips", ".change");
        holdBelow("io.fluxrig.engine.rack.[plan|wire]..", ".strips", ".change");
    }

    private static void holdBelow(String room, String... above) {
        hold(noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Stream.of(above).map("io.fluxrig.engine.rack"::concat).toArray(String[]::new)));
    }

    @Test
    void shouldMixerSeeOfARackWhatItHasTooAndWords() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.fluxrig.mixer..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.fluxrig.engine.rack..")
                        .and(DescribedPredicate.not(
                                resideInAnyPackage("io.fluxrig.engine.rack.node", "io.fluxrig.engine.rack.window")))
                        .and(DescribedPredicate.describe("are no words", type -> !type.isEnum()))));
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
