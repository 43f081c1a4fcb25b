package io.fluxrig.engine.gears;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fluxrig.engine.net.FreePort;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much garbage a whole rack makes of a transaction in steady state, by what its strips' threads allocate. */
@Timeout(120)
class GarbageTest {
    private static final int WARM_UP = 30_000;
    private static final int MEASURED = 10_000;
    private static final int WINDOW = 100;
    private static final long BYTES_PER_TRANSACTION_MAX = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ResourceLeakDetector.Level leakLevel;

    /** Leak detection keeps a record of each touch of a buffer, which is garbage that no rack makes. */
    @BeforeEach
    void withoutLeakDetection() {
        leakLevel = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void withLeakDetection() {
        ResourceLeakDetector.setLevel(leakLevel);
    }

    @Test
    void shouldMakeAtMost64BytesOfGarbagePerTransaction() throws Exception {
        int port = FreePort.onLoopback();
        Map<String, String> environment = Map.of(
                "TERMINALS_BIND", "127.0.0.1:" + port,
                "SCHEME_A_ADDRESS", "127.0.0.1:" + FreePort.onLoopback(),
                "SCHEME_B_ADDRESS", "127.0.0.1:" + FreePort.onLoopback(),
                "SILENT_ADDRESS", "127.0.0.1:" + FreePort.onLoopback());
        try (RackRig issuerA = RackRig.start(TestPlans.SCENARIOS.resolve("issuer-scheme-a.yaml"), environment, 1);
                RackRig issuerB = RackRig.start(TestPlans.SCENARIOS.resolve("issuer-scheme-b.yaml"), environment, 1)) {
            Set<Long> others = eventLoops();
            try (RackRig rack = RackRig.start(TestPlans.SCENARIOS.resolve("payment-switch.yaml"), environment, 1);
                    TestTerminal terminal = new TestTerminal(port)) {
                rack.awaitConnections("scheme_a1", 1);
                rack.awaitConnections("scheme_a2", 1);
                rack.awaitConnections("scheme_b", 1);
                Set<Long> own = eventLoops();
                own.removeAll(others);
                assertThat(issuerA.sum("connections") + issuerB.sum("connections"))
                        .isPositive();
                shop(terminal, WARM_UP);
                long before = allocated(own);
                shop(terminal, MEASURED);
                double bytes = (double) (allocated(own) - before) / MEASURED;
                assertThat(bytes).as("bytes of garbage per transaction").isLessThanOrEqualTo(BYTES_PER_TRANSACTION_MAX);
            }
        }
    }

    private void shop(TestTerminal terminal, int count) throws IOException {
        for (int sent = 0; sent < count; sent += WINDOW) {
            for (int i = 0; i < WINDOW; i++) {
                terminal.send(Map.of(
                        0, "0100",
                        2, i % 4 == 0 ? "5412340000000000" : "4111110000000000",
                        4, "000000001000",
                        11, String.format("%06d", (sent + i) % 1_000_000),
                        41, "GARBAGE1"));
            }
            terminal.flush();
            for (int i = 0; i < WINDOW; i++) {
                terminal.receive();
            }
        }
    }

    private Set<Long> eventLoops() {
        Set<Long> ids = new HashSet<>();
        for (var info : threads.dumpAllThreads(false, false)) {
            if (info.getThreadName().startsWith("vert.x-eventloop")) {
                ids.add(info.getThreadId());
            }
        }
        return ids;
    }

    private long allocated(Set<Long> ids) {
        long sum = 0;
        for (long id : ids) {
            sum += threads.getThreadAllocatedBytes(id);
        }
        return sum;
    }
}
