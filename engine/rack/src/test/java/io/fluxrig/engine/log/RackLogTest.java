package io.fluxrig.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.engine.config.NodeConfigLoader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class RackLogTest {

    private static final String PAN = "4761739001010119";
    private static final String TRACK2 = "4761739001010119=22122011143804400000";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private PrintStream standardError;

    @BeforeEach
    void catchConsole() {
        standardError = System.err;
        System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveConsoleBack() {
        System.setErr(standardError);
    }

    private RackLog start(String level, String format) throws Exception {
        Path file = folder.resolve("logs/rack.log");
        return RackLog.start(new LogOptions(level, format, file, 1 << 20, 2, 1 << 22, 1024));
    }

    private void logging(String level, String format, Runnable work) throws Exception {
        RackLog log = start(level, format);
        work.run();
        log.close();
    }

    private List<String> lines() throws Exception {
        return Files.readAllLines(folder.resolve("logs/rack.log"));
    }

    private String consoleText() {
        return console.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldGoOnInANewFileWhereItsFolderWasMovedAway() throws Exception {
        try (RackLog log = start("info", "text")) {
            RackLog.gear("switch").info("before");
            Awaitility.await().until(() -> lines().size() == 1);
            Files.move(folder.resolve("logs"), folder.resolve("gone"));

            Awaitility.await().until(() -> log.fileLost() == 1);
            RackLog.gear("switch").info("after");

            Awaitility.await().until(() -> String.join("", lines()).contains("after"));
        }
        assertThat(Files.readString(folder.resolve("gone/rack.log")))
                .contains("before")
                .doesNotContain("after");
        assertThat(consoleText()).contains("moved or removed");
    }

    @Test
    void shouldMaskCardDataWhereverItHides() throws Exception {
        logging("info", "text", () -> {
            Logger logger = RackLog.gear("switch");
            MDC.put("card", PAN);
            logger.info("message {}", "with pan " + PAN);
            logger.info("argument {} and {}", PAN, TRACK2);
            logger.info("spaced 4761 7390 0101 0119 and dashed 4761-7390-0101-0119");
            logger.atInfo().addKeyValue("pan", PAN).log("pairs");
            MDC.clear();
            logger.error(
                    "exception",
                    new IllegalStateException(
                            "outer " + PAN, new IllegalArgumentException("inner %B" + PAN + "^DOE/JOHN^2212?")));
        });
        String written = String.join("\n", lines()) + consoleText();
        assertThat(written).contains("476173******0119", "IllegalArgumentException", "gear.switch");
        assertThat(written.replaceAll("[ -]", "")).doesNotContain(PAN, "22122011143804400000", "JOHN");
    }

    @Test
    void shouldWriteOneJsonObjectALine() throws Exception {
        logging("info", "off", () -> {
            MDC.put("conn", "7\"x");
            LoggerFactory.getLogger("io.fluxrig.test").info("line one\nline two \u0001 \"quoted\" \\ é");
            MDC.clear();
        });
        assertThat(lines()).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines().get(0));
        assertThat(line.get("level").asText()).isEqualTo("INFO");
        assertThat(line.get("logger").asText()).isEqualTo("io.fluxrig.test");
        assertThat(line.get("message").asText()).isEqualTo("line one\nline two \u0001 \"quoted\" \\ é");
        assertThat(line.get("context").get("conn").asText()).isEqualTo("7\"x");
        assertThat(line.get("ts").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(consoleText()).isEmpty();
    }

    /** Whatever zone the machine is in: what else there is to look at (the file, audit, tail, /health) has UTC. */
    @Test
    void shouldHaveOneClockForConsoleAndFile() throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        try {
            logging("info", "text", () -> RackLog.gear("a").info("at night"));
        } finally {
            TimeZone.setDefault(before);
        }
        String ts = new ObjectMapper().readTree(lines().get(0)).get("ts").asText();
        String second = DateTimeFormatter.ISO_INSTANT.format(Instant.parse(ts).truncatedTo(ChronoUnit.SECONDS));

        assertThat(consoleText()).startsWith(second.replace("Z", ".")).contains("Z INFO  gear.a: at night");
    }

    @Test
    void shouldNotLetAMessageFakeAConsoleLine() throws Exception {
        logging("info", "text", () -> {
            RackLog.gear("a").info("real\n12:00:00.000 ERROR fake: forged\u001b[2J");
        });
        assertThat(consoleText().lines()).hasSize(1);
        assertThat(consoleText()).contains("real\\n12:00:00.000 ERROR fake").doesNotContain("\u001b");
    }

    @Test
    void shouldHoldLibrariesAtInfoWhileFluxrigTraces() throws Exception {
        logging("trace", "off", () -> {
            LoggerFactory.getLogger("io.netty.buffer").debug("bytes of a buffer");
            LoggerFactory.getLogger("io.netty.buffer").info("netty tells");
            LoggerFactory.getLogger("io.fluxrig.x").trace("traced");
            RackLog.gear("g").trace("gear traced");
        });
        assertThat(String.join("\n", lines()))
                .contains("netty tells", "\"traced\"", "gear traced")
                .doesNotContain("bytes of a buffer");
    }

    @Test
    void shouldDropAndCountWhatTheQueueCannotHold() throws Exception {
        QueueAppender queue = new QueueAppender(2, List.of());
        queue.setContext((ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory());
        for (int i = 0; i < 5; i++) {
            queue.append(event());
        }
        assertThat(queue.dropped()).isEqualTo(3);
    }

    @Test
    void shouldRotateBySizeWithinTheTotal() throws Exception {
        Path file = folder.resolve("small/rack.log");
        try (RackLog log = RackLog.start(new LogOptions("info", "off", file, 2_000, 2, 100_000, 100_000))) {
            for (int i = 0; i < 2_000; i++) {
                RackLog.gear("a").info("a line that fills the file, number {}", i);
            }
            assertThat(log.dropped()).isZero();
        }
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .contains("rack.log")
                    .anyMatch(name -> name.matches("rack\\.\\d{4}-\\d\\d-\\d\\d\\.\\d+\\.log\\.gz"));
        }
    }

    @Test
    void shouldMaskEvenBeforeItIsConfigured() {
        var context = (ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        assertThat(new QuietConsole().configure(context))
                .isEqualTo(ch.qos.logback.classic.spi.Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        LoggerFactory.getLogger("some.library").warn("card {}", PAN);
        LoggerFactory.getLogger("some.library").info("quiet");
        assertThat(consoleText()).contains("card 476173******0119").doesNotContain("quiet", PAN);
    }

    private static ch.qos.logback.classic.spi.ILoggingEvent event() {
        return new ch.qos.logback.classic.spi.LoggingEvent(
                "here",
                ((ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("x"),
                ch.qos.logback.classic.Level.INFO,
                "m",
                null,
                null);
    }

    @Test
    void shouldLogAsTheScenarioSaysUnlessSomebodyWhoIsNearerDoes() throws Exception {
        Logger gear = RackLog.gear("switch");
        try (RackLog log = start("info", "off")) {
            log.scenarioLevel("debug");
            assertThat(gear.isDebugEnabled()).isTrue();
            log.scenarioLevel("error");
            assertThat(gear.isWarnEnabled()).isFalse();
            log.scenarioLevel("");
            assertThat(gear.isInfoEnabled()).as("the node's own again").isTrue();
            assertThat(gear.isDebugEnabled()).isFalse();

            log.level("trace");
            log.scenarioLevel("error");
            assertThat(gear.isTraceEnabled()).as("ordered").isTrue();
        }
        try (RackLog log = RackLog.start(options(Map.of("FLUXRIG_LOGGING_LEVEL", "warn"), Map.of()))) {
            log.scenarioLevel("debug");
            assertThat(gear.isInfoEnabled()).as("given to this process").isFalse();
            log.level("debug");
            assertThat(gear.isDebugEnabled()).as("ordered").isTrue();
        }
        assertThat(options(Map.of(), Map.of("logging.level", "debug")).pinned()).isTrue();
        assertThat(options(Map.of("FLUXRIG_DEBUG", "1"), Map.of()).pinned()).isTrue();
        assertThat(options(Map.of(), Map.of()).pinned()).isFalse();
    }

    private LogOptions options(Map<String, String> environment, Map<String, String> flags) throws Exception {
        Path file = Files.writeString(folder.resolve("rack.toml"), """
                [logging]
                level = "info"
                console = "off"
                file = ""
                """);
        return LogOptions.from(NodeConfigLoader.load(file, environment, flags).config());
    }
}
