package io.fluxrig.engine.rack.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gears.TestPlans;
import org.junit.jupiter.api.Test;

class DescriptorDemandTest {
    private static final String GEARS = """
            gears:
              - { name: sink, type: probe }
              - { name: door, type: io_iso8583, config: { mode: server, bind: ":0", max_connections: 5000 } }
              - { name: host, type: io_iso8583, config: { mode: client, connect: "127.0.0.1:9", connections: 7 } }
            wires:
              - { from: door.out, to: sink.in }
              - { from: sink.out, to: host.in }
              - { from: host.out, to: sink.in }
            """;

    @Test
    void shouldCountConnectionsOfServersAndLinksOfClients() {
        RackPlan plan = RackPlan.of(TestPlans.scenario(GEARS), "", new Faults());

        assertThat(DescriptorDemand.of(plan)).isBetween(5007L, 5407L);
    }

    @Test
    void shouldWarnOfALimitBelowTheDemandOnly() {
        assertThat(DescriptorDemand.shortage(5_000, 4_999)).contains("4999", "5000", "ulimit -n", "max_connections");
        assertThat(DescriptorDemand.shortage(5_000, 5_000)).isNull();
    }

    @Test
    void shouldKnowTheLimitOfThisProcess() {
        assertThat(DescriptorDemand.limit()).isPositive();
    }
}
