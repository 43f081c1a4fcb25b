package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.ScenarioBundle;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A drain that the mixer orders, with a host that answers too late. */
class AgentDrainTest extends AgentOfATest {
    private static final String SLOW = """
            meta: { name: slow, version: 1.0.0 }
            racks: [ { name: east } ]
            gears:
              - name: source
                type: sim_source
                config:
                  spec_path: moov:spec87ascii
                  rate: 100
                  mix: [ { name: echo, mti: "0800", fields: { 11: "$STAN", 70: "301" } } ]
              - name: host
                type: sim_responder
                config: { spec_path: moov:spec87ascii, default: { delay: 5m } }
            wires:
              - { from: source.out, to: host.in }
              - { from: host.out, to: source.in }
            """;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    private void startSlow() throws Exception {
        ScenarioBundle bundle = ScenarioBundle.of("s.yaml", Map.of("s.yaml", SLOW.getBytes(StandardCharsets.UTF_8)));
        String hash = new ScenarioFolder(data.resolve("scenarios")).unpack(bundle, bundle.write());
        AgentMemory.NONE.runs(hash).write(AgentMemory.file(data));
        drainTimeout = "100ms";
        start();
        logged.start();
        ((Logger) LoggerFactory.getLogger(GearsRun.class)).addAppender(logged);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> WorkView.inFlight(gears.run()) > 0);
    }

    /** It said nothing, and somebody has to look for approvals. */
    @Test
    void shouldSayWhatItLeavesBehind() throws Exception {
        startSlow();

        agent.order(new Order("east", Order.DRAIN, "", 0, 1), null);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() == null);

        assertThat(logged.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .matches(
                                "drain ended at rack.drain_timeout with [1-9][0-9]* in flight: their terminals were told"
                                        + " nothing, their issuers may have approved them"));
    }
}
