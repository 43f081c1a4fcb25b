package io.fluxrig.mixer.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Traffic;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetWatchTest {
    private static final RackEntry EAST =
            new RackEntry("east", new byte[32], new byte[32], "active", "h", "1", 5, 0, "", 0, 0);

    @TempDir
    Path folder;

    private final Set<String> there = new HashSet<>(Set.of("east"));
    private long nowMs = 1_000;
    private Registry registry;
    private FleetWatch watch;

    @BeforeEach
    void open() {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        watch = new FleetWatch(registry, there::contains, () -> Instant.ofEpochMilli(nowMs++));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** Of a watch whose registry is away while {@code down}. */
    private boolean down;

    private void watchWhatMayBeAway() {
        Registry mayBeAway = AskedRegistry.of(registry, () -> {
            if (down) {
                throw new RegistryException("away");
            }
        });
        watch = new FleetWatch(mayBeAway, there::contains, () -> Instant.ofEpochMilli(nowMs++));
    }

    private void failsToTell() {
        down = true;
        assertThatThrownBy(this::news).hasMessage("away");
        down = false;
    }

    private void heard(String state, String reason, long activation, String outcome) {
        heard(state, reason, activation, outcome, null);
    }

    private void heard(String state, String reason, long activation, String outcome, Traffic traffic) {
        heard(state, reason, activation, outcome, traffic, true);
    }

    private void heard(String state, String reason, long activation, String outcome, Traffic traffic, boolean news) {
        watch.heard(
                EAST,
                new Heartbeat(
                        "east",
                        "1",
                        state,
                        reason,
                        "pay",
                        "1.0.0",
                        "ab",
                        0,
                        activation,
                        outcome,
                        "",
                        1,
                        1,
                        0,
                        null,
                        null,
                        traffic,
                        1),
                news);
    }

    private List<String> news() {
        return watch.news().stream()
                .map(each -> each.kind() + " " + each.rack() + " " + each.text())
                .toList();
    }

    /** No rack says it, and nobody saw it there. */
    @Test
    void shouldTellOfAnActivationWhoseFilesAreDamaged() {
        news();

        watch.damaged(new ActivationEntry(7, "east", "pay", "1.0.0", "ab", false, 1, "damaged", "bring it back", 2));

        assertThat(news()).containsExactly("outcome east activation 7: damaged: bring it back");
    }

    /** As after a restart of the mixer, while the rack cannot start any more what once ran. */
    @Test
    void shouldNotTellAgainWhatCameOfAnActivationThatTheRegistryKnows() {
        heard("waiting", "gear 'door' cannot start", 7, "changed", null, false);
        heard("waiting", "gear 'door' cannot start", 7, "changed", null, false);
        assertThat(news()).containsExactly("state east waiting pay 1.0.0: gear 'door' cannot start");

        heard("running", "", 8, "changed", null, true);
        assertThat(news()).containsExactly("state east running pay 1.0.0", "outcome east activation 8: changed");
    }

    @Test
    void shouldTellAStateOnceForEachChange() {
        heard("waiting", "", 0, "");
        heard("waiting", "", 0, "");
        heard("running", "scheme_a is down", 7, "changed");

        assertThat(news())
                .containsExactly(
                        "state east waiting pay 1.0.0",
                        "state east running pay 1.0.0: scheme_a is down",
                        "outcome east activation 7: changed");
        assertThat(news()).isEmpty();
    }

    @Test
    void shouldTellThatARackFallsSilentAndThatItIsBack() {
        heard("running", "", 0, "");
        news();

        there.clear();
        assertThat(news()).containsExactly("away east not heard of any more");
        assertThat(news()).isEmpty();

        there.add("east");
        heard("running", "", 0, "");
        assertThat(news()).containsExactly("state east running pay 1.0.0");
    }

    private static Traffic destinations(int all, int up, int breakersOpen) {
        return new Traffic(1, 1, 0, 0, 0, 0, 0, null, null, all, up, breakersOpen);
    }

    @Test
    void shouldTellHowManyDestinationsAreUpOnceThatChangesAndNothingOfRates() {
        heard("running", "", 0, "", destinations(4, 4, 0));
        assertThat(news()).containsExactly("state east running pay 1.0.0");

        heard("running", "", 0, "", destinations(4, 3, 0));
        heard("running", "", 0, "", destinations(4, 3, 0));
        nowMs += Flapping.CALM_MS;
        heard("running", "", 0, "", destinations(4, 3, 1));
        nowMs += Flapping.CALM_MS;
        heard("running", "", 0, "", destinations(4, 4, 0));
        assertThat(news())
                .containsExactly(
                        "links east 3 of 4 destinations up",
                        "links east 3 of 4 destinations up, breakers open: 1",
                        "links east 4 of 4 destinations up");

        nowMs += Flapping.CALM_MS;
        heard("running", "", 0, "", null);
        heard("running", "", 0, "", destinations(0, 0, 0));
        assertThat(news()).containsExactly("links east no destinations any more");
    }

    @Test
    void shouldNotLeaveALineAboutLinksOfARackWhoseGearsStopOrStartAgain() {
        heard("running", "", 0, "", destinations(2, 1, 0));
        heard("held", "killed", 0, "", null);
        heard("held", "killed", 0, "", null);
        heard("running", "", 0, "", destinations(2, 2, 0));

        assertThat(news())
                .containsExactly(
                        "state east running pay 1.0.0",
                        "links east 1 of 2 destinations up",
                        "state east held pay 1.0.0: killed",
                        "links east none: its gears do not run",
                        "state east running pay 1.0.0",
                        "links east 2 of 2 destinations up");

        heard("held", "", 0, "", null);
        heard("running", "", 0, "", destinations(2, 2, 0));
        assertThat(news()).as("of a rack once told of").hasSize(4);
    }

    @Test
    void shouldTellTheLinksOfARackThatIsBack() {
        registry.put(EAST);
        heard("running", "", 0, "", destinations(2, 1, 0));
        news();
        there.clear();
        news();
        there.add("east");
        heard("running", "", 0, "", destinations(2, 2, 0));

        assertThat(news()).containsExactly("state east running pay 1.0.0", "links east 2 of 2 destinations up");
    }

    @Test
    void shouldSayNothingOfLinksThatStoodWell() {
        heard("running", "", 0, "", destinations(2, 2, 0));
        heard("held", "", 0, "", null);
        heard("running", "", 0, "", destinations(2, 2, 0));

        assertThat(news()).noneMatch(line -> line.startsWith("links"));
    }

    @Test
    void shouldTellAtFirstThatADestinationIsDown() {
        heard("running", "", 0, "", destinations(2, 2, 1));

        assertThat(news())
                .containsExactly("state east running pay 1.0.0", "links east 2 of 2 destinations up, breakers open: 1");
    }

    @Test
    void shouldNameTheDestinationsThatAreDownWhereTheRackDoes() {
        heard("running", "", 0, "", destinations(2, 1, 0, "switch.out_a (no link)"));
        nowMs += Flapping.CALM_MS;
        heard("running", "", 0, "", destinations(2, 1, 0, "switch.out_b (no link)"));

        assertThat(news())
                .containsExactly(
                        "state east running pay 1.0.0",
                        "links east 1 of 2 destinations up: switch.out_a (no link)",
                        "links east 1 of 2 destinations up: switch.out_b (no link)");
    }

    private static Traffic destinations(int all, int up, int breakersOpen, String ailing) {
        return new Traffic(1, 1, 0, 0, 0, 0, 0, null, null, all, up, breakersOpen, ailing);
    }

    @Test
    void shouldTellWhatIsWrittenDownFromTheFirstAskingOn() {
        assertThat(news()).isEmpty();
        registry.audit("api 127.0.0.1", "rack.suspend", "east", "", nowMs++);
        registry.audit("api 127.0.0.1", "scenario.import", "pay 1.0.0", "sha256:ab", nowMs++);

        assertThat(news())
                .containsExactly(
                        "audit east api 127.0.0.1: rack.suspend east",
                        "audit  api 127.0.0.1: scenario.import pay 1.0.0 (sha256:ab)");
        assertThat(news()).isEmpty();
    }

    @Test
    void shouldNotTellAtFirstWhatWasWrittenDownBefore() {
        registry.audit("mixer", "rack.approve", "east", "", nowMs++);

        assertThat(news()).isEmpty();
        assertThat(watch.last("", 5)).extracting(Happening::text).containsExactly("mixer: rack.approve east");
    }

    @Test
    void shouldTellTheLastOfOneRackInTheOrderOfTime() {
        heard("running", "", 0, "");
        registry.audit("mixer", "rack.approve", "west", "", nowMs++);
        registry.audit("mixer", "rack.suspend", "east", "", nowMs++);
        heard("held", "suspended", 0, "");

        assertThat(watch.last("east", 2))
                .extracting(Happening::text)
                .containsExactly("mixer: rack.suspend east", "held pay 1.0.0: suspended");
        assertThat(watch.last("east", 0)).isEmpty();
    }

    @Test
    void shouldShowNoCardNumberThatAReasonHoldsAndEveryActivation() {
        heard("running", "4111111111111111", 1795764895356L, "changed");

        assertThat(news())
                .hasSize(2)
                .noneMatch(line -> line.contains("4111111111111111"))
                .last()
                .asString()
                .contains("activation 1795764895356");
    }

    @Test
    void shouldTellALineThatComesAndGoesOnceInAWhileAndHowOften() {
        heard("running", "", 0, "", destinations(4, 4, 0));
        heard("draining", "", 0, "", destinations(4, 4, 0));
        news();
        nowMs = 1_000_000;
        for (int i = 0; i < 2 * FleetWatch.KEPT_MAX; i++) {
            heard("draining", "", 0, "", destinations(4, 3 + i % 2, 0));
        }

        assertThat(news()).as("the first").containsExactly("links east 3 of 4 destinations up");
        assertThat(news()).isEmpty();
        assertThat(watch.last("", Integer.MAX_VALUE))
                .as("nothing is pushed out")
                .extracting(Happening::text)
                .containsExactly(
                        "running pay 1.0.0",
                        "draining pay 1.0.0",
                        "3 of 4 destinations up",
                        "4 of 4 destinations up (changed 2000 times since 1970-01-01T00:16:40Z)");

        nowMs += Flapping.TELL_MS;
        assertThat(news())
                .containsExactly("links east 4 of 4 destinations up (changed 2000 times since 1970-01-01T00:16:40Z)");
        nowMs += Flapping.TELL_MS;
        assertThat(news()).isEmpty();

        nowMs += Flapping.CALM_MS;
        heard("draining", "", 0, "", destinations(4, 1, 0));
        assertThat(news()).containsExactly("links east 1 of 4 destinations up");
    }

    @Test
    void shouldTellAReasonThatComesAndGoesOnceInAWhileAndAStateAtOnce() {
        heard("running", "", 0, "");
        for (int i = 0; i < 10; i++) {
            heard("running", i % 2 == 0 ? "books.in takes nothing" : "", 0, "");
        }
        heard("draining", "", 0, "");

        assertThat(news())
                .containsExactly(
                        "state east running pay 1.0.0",
                        "state east running pay 1.0.0: books.in takes nothing",
                        "state east draining pay 1.0.0");
        nowMs += Flapping.TELL_MS;
        assertThat(news()).as("it does not run any more").isEmpty();
        assertThat(watch.last("", Integer.MAX_VALUE))
                .as("the first change, and the last")
                .hasSize(4);
    }

    @Test
    void shouldTellAllThatHasChangedWhereSomebodyBeginsToRead() {
        heard("running", "", 0, "", destinations(4, 3, 0));
        heard("running", "", 0, "", destinations(4, 2, 0));
        news();

        assertThat(watch.allNews())
                .extracting(Happening::text)
                .singleElement()
                .asString()
                .startsWith("2 of 4 destinations up (changed 2 times since ");
        nowMs += Flapping.TELL_MS;
        assertThat(news()).isEmpty();
    }

    @Test
    void shouldKeepNoMoreThanItMay() {
        for (int i = 0; i < FleetWatch.KEPT_MAX + 5; i++) {
            heard("r" + i, "", 0, "");
        }

        assertThat(watch.last("", Integer.MAX_VALUE)).hasSize(FleetWatch.KEPT_MAX);
        assertThat(news()).hasSize(FleetWatch.KEPT_MAX).last().asString().contains("r" + (FleetWatch.KEPT_MAX + 4));
    }

    @Test
    void shouldTellLaterWhatItCouldNotTellWhileTheRegistryWasAway() {
        watchWhatMayBeAway();
        registry.put(EAST);
        news();
        heard("running", "", 0, "", destinations(2, 1, 0));
        news();
        heard("running", "", 7, "changed", destinations(2, 1, 0));
        registry.audit("api 127.0.0.1", "rack.suspend", "east", "", nowMs++);
        there.clear();

        failsToTell();

        assertThat(news())
                .containsExactly(
                        "outcome east activation 7: changed",
                        "audit east api 127.0.0.1: rack.suspend east",
                        "away east not heard of any more");
        assertThat(news()).isEmpty();
    }

    /** The first of its questions is answered. */
    @Test
    void shouldTellLaterWhatIsWrittenDownWhereTheRegistryFailsInBetween() {
        int[] asked = new int[1];
        Registry failsOnce = AskedRegistry.of(registry, () -> {
            if (++asked[0] == 3) {
                throw new RegistryException("away");
            }
        });
        watch = new FleetWatch(failsOnce, there::contains, () -> Instant.ofEpochMilli(nowMs++));
        news();
        registry.audit("api 127.0.0.1", "rack.suspend", "east", "", nowMs++);

        assertThatThrownBy(this::news).hasMessage("away");

        assertThat(news()).containsExactly("audit east api 127.0.0.1: rack.suspend east");
    }
}
