package io.fluxrig.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigLoaderTest {

    @TempDir
    private Path folder;

    private NodeConfigLoad load(String toml, Map<String, String> environment, Map<String, String> flags)
            throws Exception {
        Path file = folder.resolve("rack.toml");
        Files.writeString(file, toml);
        return NodeConfigLoader.load(file, environment, flags);
    }

    private List<String> faultsOf(String toml) throws Exception {
        return load(toml, Map.of(), Map.of()).faults().stream()
                .map(fault -> fault.toString().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void shouldTakeFlagsBeforeEnvironmentBeforeFileBeforeDefaults() throws Exception {
        NodeConfig config = load(
                        "[rack]\nname = \"file\"\nstrips = 2\nmax_hops = 9\n",
                        Map.of("FLUXRIG_RACK_STRIPS", "3", "FLUXRIG_RACK_MAX_HOPS", "10", "PATH", "/bin"),
                        Map.of("rack.strips", "4"))
                .config();
        assertThat(config.number(NodeKeys.RACK_STRIPS)).isEqualTo(4);
        assertThat(config.number(NodeKeys.RACK_MAX_HOPS)).isEqualTo(10);
        assertThat(config.text(NodeKeys.RACK_NAME)).isEqualTo("file");
        assertThat(config.durationNs(NodeKeys.RACK_TIMER_TICK)).isEqualTo(5_000_000);
        assertThat(config.all())
                .filteredOn(setting -> setting.name().startsWith("rack."))
                .extracting(setting -> setting.name() + "=" + setting.shown() + " "
                        + setting.source().replace(folder + "/", ""))
                .contains(
                        "rack.strips=4 flag on the command line",
                        "rack.max_hops=10 environment FLUXRIG_RACK_MAX_HOPS",
                        "rack.name=file file rack.toml:2:1",
                        "rack.timer_tick=5ms default");
    }

    @Test
    void shouldPassOverAByteOrderMark() throws Exception {
        NodeConfig config =
                load("\uFEFF[rack]\nname = \"marked\"\n", Map.of(), Map.of()).config();

        assertThat(config.text(NodeKeys.RACK_NAME)).isEqualTo("marked");
    }

    @Test
    void shouldReportEveryFaultOfFileEnvironmentAndFlagsAtOnce() throws Exception {
        List<Fault> faults = load(
                        """
                        [rack]
                        strpis = 2
                        strips = 99
                        timer_tick = "5 parsecs"

                        [loging]
                        level = "info"

                        [telemetry]
                        enabled = "yes"
                        bind = 8090
                        """,
                        Map.of("FLUXRIG_RACK_MAX_HOPS", "many", "FLUXRIG_RACK_NAEM", "x"),
                        Map.of("rack.nmae", "x"))
                .faults();
        assertThat(faults)
                .extracting(fault -> fault.toString().replace(folder + "/", ""))
                .containsExactlyInAnyOrder(
                        "rack.toml:2:1: error: rack.strpis: unknown key; did you mean 'rack.strips'?",
                        "rack.toml:3:1: error: rack.strips: 99 is out of range; write a value from 0 to 64",
                        "rack.toml:4:1: error: rack.timer_tick: '5 parsecs' is no duration; " + Quantity.DURATION_FIX,
                        "rack.toml:6:1: error: loging: unknown section; did you mean 'logging'?",
                        "rack.toml:10:1: error: telemetry.enabled: 'yes' is neither true nor false; write true or false,"
                                + " without quotes",
                        "rack.toml:11:1: error: telemetry.bind: '8090' is no address; " + Address.FIX,
                        "environment FLUXRIG_RACK_MAX_HOPS: error: rack.max_hops: 'many' is no whole number; write a number"
                                + " from 1 to 255",
                        "environment FLUXRIG_RACK_NAEM: warning: this variable sets no key; did you mean"
                                + " 'FLUXRIG_RACK_NAME'?",
                        "command line: error: rack.nmae: unknown key; did you mean 'rack.name'?");
    }

    @Test
    void shouldForceLevelAndTelemetryByEnvironment() throws Exception {
        NodeConfig debug = load("[logging]\nlevel = \"warn\"\n", Map.of("FLUXRIG_DEBUG", "1"), Map.of())
                .config();
        assertThat(debug.text(NodeKeys.LOGGING_LEVEL)).isEqualTo("debug");
        NodeConfig trace = load(
                        "",
                        Map.of("FLUXRIG_DEBUG", "1", "FLUXRIG_TRACE", "1", "FLUXRIG_DISABLE_TELEMETRY", "1"),
                        Map.of())
                .config();
        assertThat(trace.text(NodeKeys.LOGGING_LEVEL)).isEqualTo("trace");
        assertThat(trace.flag(NodeKeys.TELEMETRY_ENABLED)).isFalse();
        assertThat(trace.setting(NodeKeys.LOGGING_LEVEL).source()).isEqualTo("environment FLUXRIG_TRACE");
    }

    @Test
    void shouldFindLinesOfDottedAndInlineKeys() throws Exception {
        assertThat(faultsOf("rack.strips = -1\nlogging = { level = \"loud\" }\n"))
                .containsExactly(
                        "rack.toml:1:1: error: rack.strips: -1 is out of range; write a value from 0 to 64",
                        "rack.toml:2:1: error: logging.level: 'loud' is none of error, warn, info, debug, trace; write one of"
                                + " them");
    }

    @Test
    void shouldReportBrokenTomlAndMissingFile() throws Exception {
        assertThat(faultsOf("[rack]\nstrips = = 2\n"))
                .singleElement()
                .asString()
                .startsWith("rack.toml:2:")
                .contains("no TOML");
        assertThat(NodeConfigLoader.load(folder.resolve("none.toml"), Map.of(), Map.of())
                        .faults())
                .singleElement()
                .extracting(Fault::what)
                .isEqualTo("no such file");
        assertThat(faultsOf("rack = 3\n")).singleElement().asString().contains("is a section, not a value");
        assertThat(faultsOf("[rack]\nstrips = [1]\n"))
                .singleElement()
                .asString()
                .contains("a single value is needed");
        assertThat(faultsOf("[rack.deep]\na = 1\n")).singleElement().asString().contains("rack.deep: unknown key");
    }

    @Test
    void shouldCheckValuesThatNoRangeSays() throws Exception {
        assertThat(faultsOf("[rack]\nturbo_ring_bytes = \"100KiB\"\nname = \"East 1\"\n[snake]\nin_flight = 100\n"))
                .containsExactly(
                        "rack.toml:2:1: error: rack.turbo_ring_bytes: 100KiB is no power of two; write 128KiB",
                        "rack.toml:3:1: error: rack.name: 'East 1' is no name; use lower-case letters, digits, '_' and '-'",
                        "rack.toml:5:1: error: snake.in_flight: 100 is no power of two; write 128");
    }

    @Test
    void shouldRefusePathsThatNoFileCanHave() throws Exception {
        assertThat(faultsOf("[base]\ndata_dir = \"da\\u0000ta\"\n[store]\nkey_file = \"\\u0000\"\n"))
                .containsExactly(
                        "rack.toml:2:1: error: base.data_dir: 'da\\0ta' is no path: nul character not allowed; name a file or a"
                                + " folder",
                        "rack.toml:4:1: error: store.key_file: '\\0' is no path: nul character not allowed; name a file or a"
                                + " folder");
    }

    @Test
    void shouldWantTextInQuotes() throws Exception {
        assertThat(faultsOf("[base]\ndata_dir = 7\n[logging]\nfile = 1_000\n[rack]\nname = true\n"))
                .containsExactly(
                        "rack.toml:2:1: error: base.data_dir: '7' is a number, text is needed; put it in quotes",
                        "rack.toml:4:1: error: logging.file: '1000' is a number, text is needed; put it in quotes",
                        "rack.toml:6:1: error: rack.name: 'true' is a flag, text is needed; put it in quotes");
        assertThat(load("", Map.of("FLUXRIG_RACK_NAME", "7"), Map.of()).ok()).isTrue();
    }

    @Test
    void shouldRefuseAKeyOfMoreThanAFewPartsBeforeItIsParsed() throws Exception {
        assertThat(faultsOf("[rack]\nstrips = 1\n" + "a.".repeat(20_000) + "a = 1\n"))
                .containsExactly(
                        "rack.toml:3:1: error: a key of more than 16 parts or 256 characters; write [section] and key"
                                + " = value");
        assertThat(faultsOf("\n[" + "a.".repeat(17) + "a]\n"))
                .singleElement()
                .asString()
                .startsWith("rack.toml:2:1:");
        assertThat(faultsOf("rack = { " + "a".repeat(300) + " = 1 }\n"))
                .singleElement()
                .asString()
                .startsWith("rack.toml:1:1: error: a key of more");
    }

    @Test
    void shouldTakeDotsOfTextsAndCommentsForNoKeys() throws Exception {
        String dots = ".".repeat(300);

        assertThat(faultsOf("# " + dots + "\n[base] # " + dots + "\ndata_dir = \"\\\"" + dots + "\"\n"))
                .isEmpty();
    }
}
