package io.fluxrig.it;

import static io.fluxrig.it.ClusterUnderTest.MIXERS;
import static io.fluxrig.it.ClusterUnderTest.SITES;
import static io.fluxrig.it.ClusterUnderTest.SMALL;
import static io.fluxrig.it.ClusterUnderTest.await;
import static io.fluxrig.it.ClusterUnderTest.rest;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a cluster of three sites one thing after the other fails, {@code -Dfluxrig.cluster.rounds=1} times
 * ({@code -Dfluxrig.cluster.only=partition} for what is called so): each rack, the disk of one, each NATS node, the mixer that leads, the
 * one that stands by, the way to each site. After each the figures are printed; in the end what was kept is held against what arrived.
 */
@EnabledIfSystemProperty(
        named = "fluxrig.cluster.rounds",
        matches = "[1-9]\\d*",
        disabledReason = "minutes, root: -Dfluxrig.cluster.rounds=1")
final class ClusterCampaignIT {
    private static final int ROUNDS = Integer.getInteger("fluxrig.cluster.rounds", 0);
    private static final String ONLY = System.getProperty("fluxrig.cluster.only", "");
    private static final String NONE = "";
    private static final int STEP = 50;
    /** How long what failed stays away: longer than NATS's clients take to see that nobody is there. */
    private static final int AWAY_SECONDS = 15;
    /** Without an approval inside a rack: as long as its switch waits for its host. */
    private static final int INSIDE_MAX_MS = 4000;

    private static final int CALM_SECONDS = 5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private ClusterUnderTest cluster;
    private FleetUnderTest fleet;
    /** Of purchases inside racks, by their own rack as it came back. */
    private int declinedAtStarts;

    @BeforeEach
    void start() throws Exception {
        cluster = new ClusterUnderTest(folder);
        cluster.start();
        fleet = cluster.fleet();
        rest(CALM_SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void shouldSwitchOnAndLoseNothingWhateverFails() throws Exception {
        System.out.printf("%-28s %s%n", "", "longest pause inside racks, between them; not approved there; back after");
        for (int round = 0; round < ROUNDS; round++) {
            phase("nothing", () -> {}, () -> {});
            for (String site : SITES) {
                phase("kill -9 of rack " + site, site, () -> rackAway(site), () -> cluster.startRack(site));
            }
            phase("full disk of rack " + SMALL, this::diskFull, this::diskFree);
            for (String site : SITES) {
                phase(
                        "kill -9 of NATS node " + site,
                        () -> {},
                        () -> cluster.node(site).killAndRestart(() -> rest(AWAY_SECONDS)));
            }
            String leader = cluster.leader();
            phase("kill -9 of the mixer " + leader, () -> mixerAway(leader), () -> fleet.startMixer(leader));
            String standing = MIXERS.get(1 - MIXERS.indexOf(cluster.leader()));
            phase("kill -9 of the other, " + standing, () -> mixerAway(standing), () -> fleet.startMixer(standing));
            for (String site : SITES) {
                phase(
                        "partition of site " + site,
                        () -> cut(site),
                        () -> cluster.sites().restore(site));
            }
        }
        Awaitility.await("all is with the hosts")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(cluster.missing()).isEmpty());
        System.out.printf(
                "%,d advices kept, all with their hosts; %d of %,d came again under their number%n",
                cluster.kept(),
                cluster.arrivals().repeated(),
                cluster.arrivals().distinct());
        for (String who : ClusterUnderTest.processes()) {
            assertThat(fleet.said(who)).as("what %s says", who).doesNotContainIgnoringCase("permissions violation");
        }
    }

    private interface Step {
        void take() throws Exception;
    }

    private void phase(String name, Step fails, Step comesBack) throws Exception {
        phase(name, NONE, fails, comesBack);
    }

    /**
     * Something fails, and comes back; then all must be as before.
     *
     * @param rack that fails as a whole, if any
     */
    private void phase(String name, String rack, Step fails, Step comesBack) throws Exception {
        if (!name.contains(ONLY)) {
            return;
        }
        long startedNs = System.nanoTime();
        Map<String, Integer> declinedInside = of(cluster.inside(), TerminalUnderLoad::declined);
        Map<String, Integer> declined = of(cluster.between(), TerminalUnderLoad::declined);
        Map<String, Integer> lost = lost();
        Map<String, Integer> unanswered = unanswered();
        fails.take();
        comesBack.take();
        long backNs = System.nanoTime();
        awaitAllAsBefore(name);
        rest(CALM_SECONDS);
        Map<String, Integer> after = of(cluster.between(), TerminalUnderLoad::declined);
        long insideMs = SITES.stream()
                .filter(site -> !site.equals(rack))
                .mapToLong(site -> cluster.inside().get(site).longestPauseMs(startedNs))
                .max()
                .orElseThrow();
        System.out.printf(
                "%-28s inside %,5d ms   between %s ms   not approved %s   back after %s ms   again %d%n",
                name,
                insideMs,
                shown(site -> cluster.between().get(site).longestPauseMs(startedNs)),
                shown(site -> after.get(site) - declined.get(site)),
                shown(site -> cluster.between().get(site).firstAfterMs(backNs)),
                cluster.arrivals().repeated());
        if (!rack.equals(NONE)) {
            int declinedAtStart = cluster.inside().get(rack).declined() - declinedInside.get(rack);
            declinedAtStarts += declinedAtStart;
            System.out.printf(
                    "  inside rack %s again %,d ms after its start, %d not approved; %d purchases of its terminals had no answer%n",
                    rack,
                    cluster.inside().get(rack).firstAfterMs(backNs),
                    declinedAtStart,
                    unanswered().get(rack) - unanswered.get(rack));
        }
        assertThat(insideMs)
                .as("%s: ms without an approval inside a rack", name)
                .isLessThan(INSIDE_MAX_MS);
        assertThat(cluster.inside().values().stream()
                        .mapToInt(TerminalUnderLoad::declined)
                        .sum())
                .as("%s: not approved inside a rack", name)
                .isEqualTo(declinedAtStarts);
        lost.computeIfPresent(rack, (killed, before) -> before + 2);
        assertThat(lost())
                .as("%s: connections of terminals that were lost", name)
                .isEqualTo(lost);
    }

    private void awaitAllAsBefore(String after) throws Exception {
        for (Map<String, TerminalUnderLoad> terminals : List.of(cluster.inside(), cluster.between())) {
            for (TerminalUnderLoad each : terminals.values()) {
                int before = each.approved();
                await(after + ": purchases again", () -> each.approved() >= before + STEP);
            }
        }
        for (String site : SITES) {
            await(
                    after + ": advices have got away",
                    () -> cluster.advices(site, "fluxrig_durable_backlog_messages") < STEP);
        }
        fleet.ask(cluster.leader());
        for (String site : SITES) {
            fleet.awaitRack(site, "/there", "true");
        }
    }

    private interface Figure {
        long of(String site);
    }

    private static String shown(Figure figure) {
        return SITES.stream().map(site -> "%,6d".formatted(figure.of(site))).collect(Collectors.joining(" "));
    }

    private static Map<String, Integer> of(
            Map<String, TerminalUnderLoad> terminals, ToIntFunction<TerminalUnderLoad> figure) {
        Map<String, Integer> figures = new LinkedHashMap<>();
        terminals.forEach((site, terminal) -> figures.put(site, figure.applyAsInt(terminal)));
        return figures;
    }

    /** Of both terminals of each rack. */
    private Map<String, Integer> both(ToIntFunction<TerminalUnderLoad> figure) {
        Map<String, Integer> both = of(cluster.inside(), figure);
        of(cluster.between(), figure).forEach((site, more) -> both.merge(site, more, Integer::sum));
        return both;
    }

    private Map<String, Integer> lost() {
        return both(TerminalUnderLoad::lost);
    }

    private Map<String, Integer> unanswered() {
        return both(TerminalUnderLoad::unanswered);
    }

    private void rackAway(String site) throws Exception {
        cluster.killRack(site);
        rest(AWAY_SECONDS);
    }

    /** Counted from when neither what leaves the rack for the next nor what comes from the one before finds room. */
    private void diskFull() throws Exception {
        long filledNs = System.nanoTime();
        cluster.volume().fill();
        await("there is no room for advices", () -> cluster.journalsUp() == 0);
        long fullNs = System.nanoTime();
        long before = cluster.refused(SMALL);
        rest(AWAY_SECONDS);
        System.out.printf(
                "  no room %,d ms after the last byte was taken; %d of the rack's own advices refused in the %,d ms after that%n",
                TimeUnit.NANOSECONDS.toMillis(fullNs - filledNs),
                cluster.refused(SMALL) - before,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - fullNs));
        assertThat(cluster.refused(SMALL)).as("advices that were refused").isGreaterThan(before);
    }

    private void diskFree() throws Exception {
        cluster.volume().free();
        await("there is room for advices", () -> cluster.journalsUp() == 2);
    }

    private void mixerAway(String mixer) throws Exception {
        boolean led = mixer.equals(cluster.leader());
        fleet.killMixer(mixer);
        long killedNs = System.nanoTime();
        String other = MIXERS.get(1 - MIXERS.indexOf(mixer));
        fleet.ask(other);
        await("the other mixer leads", () -> fleet.get("/health").path("leads").asBoolean());
        if (led) {
            System.out.printf(
                    "  the other mixer leads %,d ms later%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs));
        }
        rest(CALM_SECONDS);
    }

    private void cut(String site) throws Exception {
        cluster.sites().cut(site);
        long cutNs = System.nanoTime();
        rest(AWAY_SECONDS);
        assertThat(cluster.between().get(site).longestPauseMs(cutNs))
                .as("without approvals from beyond the cut, in ms")
                .isGreaterThan(TimeUnit.SECONDS.toMillis(AWAY_SECONDS / 2));
    }
}
