package io.fluxrig.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Fault;
import io.fluxrig.transport.journal.store.SyncMode;
import org.junit.jupiter.api.Test;

class ScenarioLanesTest extends ScenarioReading {
    @Test
    void shouldRefuseLanesThatCannotRunThere() {
        String base = """
            meta: { name: lanes }
            racks: [ { name: east }, { name: west } ]
            gears:
              - { name: a, type: pipe, deploy: east }
              - { name: b, type: pipe, deploy: west }
              - { name: c, type: pipe, deploy: east }
            wires:
              - { from: a.error, to: c.in, lane: guaranteed }
              - { from: a.out, to: b.in, lane: hot }
              - { from: c.out, to: b.in, lane: durable }
            """;
        assertThat(load(base).errors())
                .extracting(Fault::what)
                .containsExactly(
                        "a guaranteed wire runs between racks, and some rack runs both these gears",
                        "a hot wire cannot run between racks: it is memory",
                        "a durable wire cannot run between racks: it is one rack's disk");
    }

    private static final String FAR = """
        meta: { name: far }
        racks: [ { name: east }, { name: west, labels: { role: host } }, { group: hosts, match: { labels: { role: host } } } ]
        gears:
          - { name: a, type: pipe, deploy: east }
          - { name: b, type: pipe, deploy: west }
          - { name: c, type: pipe, deploy: hosts }
        wires:
        """;

    @Test
    void shouldMakeWiresBetweenRacksGuaranteed() {
        Scenario scenario = load(FAR + """
              - { from: a.out, to: b.in }
              - { from: a.error, to: c.in, lane: guaranteed, confirm: broker }
              - { from: b.out, to: a.in, confirm: receiver, sync: group }
            """).scenario();
        assertThat(scenario.wires()).extracting(WireDecl::lane).containsOnly(Lane.GUARANTEED);
        assertThat(scenario.wires())
                .extracting(WireDecl::confirm)
                .containsExactly(Confirm.RECEIVER, Confirm.BROKER, Confirm.RECEIVER);
        assertThat(scenario.wires()).extracting(WireDecl::sync).containsExactly(SyncMode.OS, null, SyncMode.GROUP);
        assertThat(scenario.wires()).extracting(WireDecl::toRack).containsExactly("west", "hosts", "east");
        assertThat(scenario.wiresOn("east")).isEmpty();
        assertThat(scenario.wiresLeaving("east")).hasSize(2);
        assertThat(scenario.wiresArriving("east")).hasSize(1);
        assertThat(scenario.wiresArriving("west")).hasSize(2);
    }

    @Test
    void shouldRefuseWiresToOnePortThatSayYesDifferently() {
        ScenarioLoad load = load(FAR + """
              - { from: a.out, to: b.in, confirm: broker }
              - { from: a.error, to: b.in }
            """);
        assertThat(load.errors())
                .extracting(Fault::what)
                .containsExactly("the wire at line 8 leads to the same port with confirm: broker");
    }

    @Test
    void shouldRefuseTwoGuaranteedWiresFromOneOutputAndWarnOfSyncWithoutAJournal() {
        ScenarioLoad load = load(FAR + """
              - { from: a.out, to: b.in, confirm: broker, sync: each }
              - { from: a.out, to: c.in }
            """);
        assertThat(load.errors())
                .extracting(Fault::what)
                .containsExactly("the output a.out has a durable or guaranteed wire already, at line 8");
        assertThat(load.faults())
                .extracting(Fault::what)
                .contains("means nothing on a guaranteed wire with confirm: broker");
    }

    @Test
    void shouldReadDurableWires() {
        Scenario scenario = load("""
            meta: { name: durable }
            gears:
              - { name: a, type: pipe }
              - { name: b, type: pipe }
            wires:
              - { from: a.out, to: b.in, lane: durable }
              - { from: a.error, to: b.in, lane: durable, sync: group }
              - { from: b.out, to: a.in }
            """).scenario();
        assertThat(scenario.wires()).extracting(WireDecl::lane).containsExactly(Lane.DURABLE, Lane.DURABLE, Lane.HOT);
        assertThat(scenario.wires()).extracting(WireDecl::sync).containsExactly(SyncMode.OS, SyncMode.GROUP, null);
    }

    @Test
    void shouldRefuseTwoDurableWiresFromOneOutputAndSyncOnAHotOne() {
        ScenarioLoad load = load("""
            meta: { name: durable }
            gears:
              - { name: a, type: pipe }
              - { name: b, type: pipe }
              - { name: c, type: pipe }
            wires:
              - { from: a.out, to: b.in, lane: durable }
              - { from: a.out, to: c.in, lane: durable }
              - { from: b.out, to: c.in, sync: each }
            """);
        assertThat(load.errors())
                .extracting(Fault::what)
                .containsExactly("the output a.out has a durable or guaranteed wire already, at line 7");
        assertThat(load.faults()).extracting(Fault::what).contains("means nothing on a hot wire");
    }

    /** Its purchases had nobody to go to, and the other warning had the reader remove what the far wire would need. */
    @Test
    void shouldWarnWhereARackRunsTheSenderAlone() {
        String text = """
            meta: { name: half }
            racks: [ { name: east }, { name: west } ]
            gears:
              - { name: a, type: pipe, deploy: [ east, west ] }
              - { name: b, type: pipe, deploy: %s }
            wires:
              - { from: a.out, to: b.in }
            """;
        assertThat(load(text.formatted("west")).faults())
                .extracting(Fault::what)
                .contains("gear 'a' runs on east too, where 'b' does not: what it sends there arrives nowhere");
        assertThat(load(text.formatted("[ west, east ]")).faults())
                .extracting(Fault::what)
                .noneMatch(what -> what.contains("arrives nowhere"));
    }

    @Test
    void shouldNotSayWhatMeansNothingOnALaneThatIsMisspelt() {
        ScenarioLoad load = load("""
            meta: { name: durable }
            gears:
              - { name: a, type: pipe }
              - { name: b, type: pipe }
            wires:
              - { from: a.out, to: b.in, lane: durabel, sync: each }
            """);
        assertThat(load.errors()).hasSize(1);
        assertThat(load.faults()).extracting(Fault::what).doesNotContain("means nothing on a hot wire");
    }

    @Test
    void shouldResolveGroupsToRacks() {
        Scenario scenario = load("""
            meta: { name: groups }
            racks:
              - { name: east, labels: { role: gateway } }
              - { name: west, labels: { role: core } }
              - { group: edge, match: { labels: { role: gateway } }, defaults: { log_level: info } }
            gears:
              - { name: a, type: pipe, deploy: edge }
              - { name: b, type: pipe }
              - { name: c, type: pipe, deploy: [ west ] }
            wires:
              - { from: a.out, to: b.in }
              - { from: east.a.error, to: east.b.in }
              - { from: c.out, to: b.in }
            """).scenario();
        assertThat(scenario.gearsOn("east")).extracting(GearDecl::name).containsExactly("a", "b");
        assertThat(scenario.gearsOn("west")).extracting(GearDecl::name).containsExactly("b", "c");
        assertThat(scenario.wiresOn("east")).hasSize(2);
        assertThat(scenario.wiresOn("west")).hasSize(1);
    }

    @Test
    void shouldSayWhatARackLogsAtItsOwnFirst() {
        Scenario scenario = load("""
            meta: { name: levels }
            racks:
              - { name: east, labels: { role: gateway, tier: test } }
              - { name: west, labels: { role: gateway }, defaults: { log_level: error } }
              - { name: north, labels: { role: core } }
              - { group: all-gateways, match: { labels: { role: gateway } } }
              - { group: tests, match: { labels: { tier: test } }, defaults: { log_level: debug } }
              - { group: edge, match: { labels: { role: gateway } }, defaults: { log_level: warn } }
            gears:
              - { name: a, type: pipe }
            """).scenario();
        assertThat(scenario.logLevelOf("east"))
                .as("of the first group with one")
                .isEqualTo("debug");
        assertThat(scenario.logLevelOf("west")).as("its own").isEqualTo("error");
        assertThat(scenario.logLevelOf("north")).isEmpty();
        assertThat(scenario.logLevelOf("edge")).as("started as the group").isEqualTo("warn");
        assertThat(scenario.logLevelOf("elsewhere")).isEmpty();
    }
}
