package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Traffic;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.enrol.Adoption;
import io.fluxrig.mixer.enrol.EnrolSettings;
import io.fluxrig.mixer.enrol.Enrolment;
import io.fluxrig.mixer.enrol.Fleet;
import io.fluxrig.mixer.enrol.Gate;
import io.fluxrig.mixer.enrol.KeyGiver;
import io.fluxrig.mixer.enrol.Logins;
import io.fluxrig.mixer.enrol.Pace;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From signed heartbeats to the mixer's metrics by rack. */
class FleetTrafficTest {
    private static final long AWAY_MS = 15_000;

    @TempDir
    private Path folder;

    private final AtomicLong nowMs = new AtomicLong(1_000_000);
    private final NodeKey key = NodeKey.ephemeral();
    private final RackMetrics metrics = new RackMetrics();
    private Registry registry;
    private Enrolment enrolment;
    private Fleet fleet;
    private final SortedMap<String, Boolean> there = new TreeMap<>();
    private long heard;

    @BeforeEach
    void open() {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        ControlBus none = new ControlBus(
                new BusSettings(List.of("nats://127.0.0.1:1"), "test", RackLine.INBOX, null, null, null, true));
        RackLine line = new RackLine(none, NodeKey.ephemeral(), () -> 1, () -> Instant.ofEpochMilli(nowMs.get()));
        EnrolSettings settings = new EnrolSettings(Adoption.EVERYBODY, 8, 90_000, AWAY_MS);
        enrolment = new Enrolment(
                registry,
                line,
                new NoLogins(),
                (rack, publicKey, until) -> new byte[0],
                new NoKeys(),
                settings,
                () -> Instant.ofEpochMilli(nowMs.get()),
                () -> nowMs.get() * 1_000_000);
        fleet = new Fleet(enrolment, AWAY_MS, () -> Instant.ofEpochMilli(nowMs.get()), () -> nowMs.get() * 1_000_000);
        FleetMetrics.register(metrics, fleet::paces, () -> there);
        for (String rack : new String[] {"east", "west"}) {
            registry.put(new RackEntry(rack, key.publicKey(), key.publicKey(), "active", "h", "1", 5, 1, "t", 1, 1));
        }
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void says(String rack, Traffic traffic) {
        Heartbeat heartbeat = new Heartbeat(
                rack, "1", "running", "", "pay", "1", "ab", 0, 0, "", "", 1, 1, 0, null, null, traffic, nowMs.get());
        fleet.heartbeat(new Gate.Said(key.publicKey(), heartbeat), (entry, believed) -> heard++);
    }

    private void after(long ms) {
        nowMs.addAndGet(ms);
    }

    private static Traffic traffic(long forMs, long requests) {
        return new Traffic(forMs, requests, requests / 2, requests / 2, 0, 0, 0, 840L, 2_100L, 4, 3, 1);
    }

    @Test
    void shouldShowWhatEachRackSaysWhileItIsThere() {
        says("east", traffic(60_000, 1_000));
        says("west", null);
        assertThat(metrics.prometheus())
                .contains("fluxrig_rack_p99_seconds{rack=\"east\"} 0.0021\n", "fluxrig_fleet_requests_per_second 0\n")
                .doesNotContain("fluxrig_rack_requests_per_second{", "west");

        after(5_000);
        says("east", traffic(65_000, 2_000));
        assertThat(metrics.prometheus())
                .contains(
                        "fluxrig_fleet_requests_per_second 200\n",
                        "fluxrig_rack_requests_per_second{rack=\"east\"} 200\n",
                        "fluxrig_rack_unanswered_per_second{rack=\"east\"} 0\n",
                        "fluxrig_rack_approved_ratio{rack=\"east\"} 0.5\n",
                        "fluxrig_rack_destinations_down{rack=\"east\"} 1\n",
                        "fluxrig_rack_breakers_open{rack=\"east\"} 1\n");

        after(AWAY_MS);
        assertThat(fleet.pace("east")).isNull();
        assertThat(metrics.prometheus()).doesNotContain("east");
        assertThat(heard).isEqualTo(3);
    }

    @Test
    void shouldShowWhichRacksAreThereAndHowManyAreAway() {
        there.putAll(Map.of("east", true, "west", false));

        assertThat(metrics.prometheus())
                .contains(
                        "fluxrig_rack_there{rack=\"east\"} 1\n",
                        "fluxrig_rack_there{rack=\"west\"} 0\n",
                        "fluxrig_fleet_racks_away 1\n");
    }

    @Test
    void shouldForgetTheTrafficOfARackThatRunsNoGears() throws Exception {
        says("east", traffic(60_000, 1_000));
        after(5_000);
        says("east", null);
        assertThat(fleet.pace("east")).isNull();

        after(5_000);
        says("east", traffic(1_000, 10));
        assertThat(fleet.pace("east").isKnown()).isFalse();
        after(5_000);
        says("east", traffic(6_000, 60));
        assertThat(fleet.pace("east").requestsPerSecond()).isEqualTo(10);

        enrolment.remove("east", "test");
        assertThat(fleet.paces()).isEmpty();
    }

    @Test
    void shouldHaveNoMoreSeriesThanItMay() {
        SortedMap<String, Pace> many = new TreeMap<>();
        for (int i = 0; i <= FleetMetrics.RACKS_MAX; i++) {
            many.put("rack-%04d".formatted(i), new Pace(traffic(1, 1), traffic(1, 1), 2, 0, 1));
        }
        RackMetrics bounded = new RackMetrics();
        SortedMap<String, Boolean> away = new TreeMap<>();
        many.keySet().forEach(rack -> away.put(rack, false));
        FleetMetrics.register(bounded, () -> many, () -> away);

        assertThat(bounded.snapshot().of("rack_requests_per_second")).hasSize(FleetMetrics.RACKS_MAX);
        assertThat(bounded.snapshot().of("rack_there")).hasSize(FleetMetrics.RACKS_MAX);
        assertThat(bounded.snapshot().sum("fleet_racks_away")).isEqualTo(many.size());
        assertThat(bounded.snapshot().sum("fleet_requests_per_second")).isEqualTo(2L * many.size());
    }

    private static final class NoKeys implements KeyGiver {
        @Override
        public String makeReady(RackEntry rack) {
            return "";
        }

        @Override
        public String markIfMade(RackEntry rack) {
            return "";
        }

        @Override
        public byte[] give(RackEntry rack, Hello hello) {
            return new byte[0];
        }

        @Override
        public boolean isDue(RackEntry rack, String has) {
            return false;
        }
    }

    private static final class NoLogins implements Logins {
        @Override
        public boolean managed() {
            return false;
        }

        @Override
        public boolean isMixers(byte[] login) {
            return false;
        }

        @Override
        public void admit(String rack, byte[] login) {}

        @Override
        public void expel(String rack) {}

        @Override
        public void admitOnly(Map<String, byte[]> admitted) {}

        @Override
        public boolean allow(Map<String, WireRights> rights, boolean soon) {
            return true;
        }
    }
}
