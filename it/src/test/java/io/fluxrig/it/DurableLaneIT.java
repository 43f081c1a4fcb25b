package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Advices on a durable wire to a host that is away, through SIGKILL of the rack. */
final class DurableLaneIT {
    private static final int ADVICES = 400;
    private static final Pattern PAN = Pattern.compile("411111\\d{10}");

    @TempDir
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final Set<String> stans = ConcurrentHashMap.newKeySet();
    private RackUnderTest rack;

    private void start(String trigger) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("TRIGGER", trigger);
        env.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        rack = RackUnderTest.start(
                RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/durable-advices.yaml"),
                folder,
                env);
    }

    @AfterEach
    void stop() {
        rack.close();
    }

    private void awaitMetric(String name, double value) {
        Awaitility.await(name + " is " + value)
                .atMost(Duration.ofSeconds(30))
                .until(() -> rack.metric(name, "source.out->encode.in") == value);
    }

    @Test
    void shouldKeepAdvicesThroughAKillUntilTheirHostTakesThem() throws Exception {
        start("on_load");
        awaitMetric("fluxrig_durable_appended_total", ADVICES);
        assertThat(rack.metric("fluxrig_durable_acknowledged_total")).isZero();
        rack.kill();

        start("on_control");
        assertThat(rack.metric("fluxrig_durable_backlog_messages")).isEqualTo(ADVICES);
        try (JposHost host = new JposHost(hostPort, new ASCIIChannel(new ISO87APackager()), (request, send) -> {
            stans.add(request.getString(11));
            JposHost.approve(request, send);
        })) {
            awaitMetric("fluxrig_durable_backlog_messages", 0);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> stans.size() == ADVICES);
            assertThat(host.requests()).isEqualTo(ADVICES);
        }
        assertThat(rack.terminate()).isZero();
        assertNothingReadable();
    }

    /** No card number stands in anything that the rack wrote: journal, key, logs. */
    private void assertNothingReadable() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(PAN.matcher(content).find()).as(file.toString()).isFalse();
            }
        }
    }
}
