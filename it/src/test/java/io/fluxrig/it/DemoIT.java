package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user starts it: four processes of its own, on free ports. */
final class DemoIT {
    private static final List<String> FIGURES = List.of(
            "sent",
            "answered",
            "approved",
            "declined",
            "timeouts",
            "lost",
            "cross_wired",
            "tps",
            "p50_us",
            "p99_us",
            "p999_us",
            "max_us");

    private static final Pattern STARTED = Pattern.compile("fluxrig: (\\S+) \\(process (\\d+)\\) started");

    @TempDir
    Path folder;

    private Process demo;

    /** Its children end with it. */
    @AfterEach
    void end() {
        demo.destroyForcibly();
    }

    @Test
    void shouldAnswerEveryRequestAndReportIt() throws Exception {
        start();

        assertThat(exitCode()).as(messages()).isZero();
        JsonNode figures = figures();
        assertThat(FIGURES).allMatch(figures::has);
        assertAllAnswered(figures);
        assertThat(figures.get("approved").asInt()).isPositive();
        assertThat(figures.get("max_us").asDouble())
                .isGreaterThanOrEqualTo(figures.get("p50_us").asDouble())
                .isPositive();
        assertThat(folder.resolve("demo/report.html")).content().contains("was answered exactly once", "<svg");
        assertNothingLeft();
    }

    /** Its cards are declined by the switch from then on: no request is lost, but the demo does not call that good. */
    @Test
    void shouldSayThatAnIssuerDiedAndLoseNoRequest() throws Exception {
        start();
        Awaitility.await("the load runs")
                .atMost(Duration.ofSeconds(60))
                .until(() -> processes().containsKey("load"));
        assertThat(ProcessHandle.of(processes().get("issuer-scheme-a")).map(ProcessHandle::destroyForcibly))
                .contains(true);

        assertThat(exitCode()).isEqualTo(1);
        JsonNode figures = figures();
        assertAllAnswered(figures);
        assertThat(figures.get("codes").get("91").asInt())
                .isEqualTo(figures.get("timeouts").asInt())
                .isPositive();
        assertThat(messages()).contains("issuer-scheme-a died", "issuer-scheme-a.log");
        assertNothingLeft();
    }

    private static void assertAllAnswered(JsonNode figures) {
        int sent = figures.get("sent").asInt();
        assertThat(sent).isPositive();
        assertThat(figures.get("answered").asInt()).isEqualTo(sent);
        assertThat(figures.get("approved").asInt()
                        + figures.get("declined").asInt()
                        + figures.get("timeouts").asInt())
                .isEqualTo(sent);
        assertThat(figures.get("lost").asInt()).isZero();
        assertThat(figures.get("cross_wired").asInt()).isZero();
    }

    private void start() throws IOException {
        demo = RackUnderTest.command(
                folder,
                Map.of(),
                "demo",
                "--json",
                "--free-ports",
                "--rate",
                "300",
                "--duration",
                "1s",
                "--dir",
                "demo");
    }

    /** Its children by name, as it says that it started them. */
    private Map<String, Long> processes() throws IOException {
        return STARTED.matcher(messages())
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> Long.valueOf(found.group(2))));
    }

    private void assertNothingLeft() throws IOException {
        assertThat(processes())
                .hasSize(4)
                .allSatisfy((name, pid) ->
                        assertThat(ProcessHandle.of(pid)).as(name).isEmpty());
    }

    private int exitCode() throws InterruptedException {
        assertThat(demo.waitFor(90, TimeUnit.SECONDS)).as("the demo ends").isTrue();
        return demo.exitValue();
    }

    private String messages() throws IOException {
        return Files.readString(folder.resolve("stderr.txt"));
    }

    private JsonNode figures() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("stdout.txt"));
        assertThat(lines).as(messages()).isNotEmpty();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }
}
