package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.config.Name;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about a fleet, against an API that answers what a test says. */
class FleetCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final Map<String, String> answers = mixer.answers();
    private final List<String> asked = mixer.asked();
    private final Cli cli = mixer.cli();

    @Test
    void shouldAskTheMixerThatAnotherRefersTo() throws IOException {
        HttpServer standby = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger turns = new AtomicInteger();
        standby.createContext("/", exchange -> {
            // first nobody leads, then the other does
            boolean nobody = turns.getAndIncrement() == 0;
            exchange.getResponseHeaders()
                    .set(nobody ? "Retry-After" : "Location", nobody ? "1" : mixer.url() + exchange.getRequestURI());
            exchange.sendResponseHeaders(nobody ? 503 : 307, -1);
            exchange.close();
        });
        standby.start();
        answers.put("POST /api/v1/racks/east/approve", MixerOfATest.EAST);
        String both =
                "http://127.0.0.1:1,http://127.0.0.1:" + standby.getAddress().getPort();

        assertThat(cli.run("admin", "racks", "approve", "east", "--api", both)).isZero();

        assertThat(asked).containsExactly("POST /api/v1/racks/east/approve ");
        assertThat(turns).hasValue(2);
        standby.stop(0);
    }

    private HttpServer standingBy(AtomicInteger turns) throws IOException {
        HttpServer standby = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        standby.createContext("/", exchange -> {
            turns.incrementAndGet();
            byte[] named = "{\"leader\":\"m2, pid 7\",\"detail\":\"m2, pid 7 leads\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, named.length);
            exchange.getResponseBody().write(named);
            exchange.close();
        });
        standby.start();
        return standby;
    }

    @Test
    void shouldAskTheNextMixerWhereOneNamesALeaderThatCannotBeReached() throws IOException {
        AtomicInteger turns = new AtomicInteger();
        HttpServer standby = standingBy(turns);
        answers.put("POST /api/v1/racks/east/approve", MixerOfATest.EAST);
        String first = "http://127.0.0.1:" + standby.getAddress().getPort();
        String second = mixer.url();

        assertThat(cli.run("admin", "racks", "approve", "east", "--api", first + "," + second))
                .isZero();
        assertThat(turns).hasValue(1);

        assertThat(cli.run("admin", "racks", "approve", "east", "--api", first)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("m2, pid 7 leads");
        assertThat(turns).as("told at once").hasValue(2);
        standby.stop(0);
    }

    @Test
    void shouldListRacksOfAllPages() {
        answers.put("GET /api/v1/racks?&limit=500", "{\"items\":[" + MixerOfATest.EAST + "],\"next\":\"east\"}");
        answers.put(
                "GET /api/v1/racks?&limit=500&after=east",
                "{\"items\":[" + MixerOfATest.EAST.replace("east", "west") + "]}");

        assertThat(cli.run("admin", "racks", "list")).isZero();
        assertThat(cli.out())
                .contains("RACK  STANDING  THERE", "east  active    yes    running  pay 1.0.0  3          -  ", "west");
        assertThat(cli.run("admin", "racks", "list", "--json")).isZero();
        assertThat(cli.out()).startsWith("[{\"name\":\"east\"");
    }

    @Test
    void shouldLeadRacksThroughTheirStandings() {
        for (String step : new String[] {"approve", "suspend", "activate", "renew"}) {
            answers.put("POST /api/v1/racks/east/" + step, MixerOfATest.EAST);
            assertThat(cli.run("admin", "racks", step, "east")).isZero();
            assertThat(cli.out()).startsWith("rack east is ");
        }
        answers.put("DELETE /api/v1/racks/east", "{\"ok\":true,\"text\":\"forgotten\"}");
        assertThat(cli.run("admin", "racks", "remove", "east")).isZero();
        assertThat(cli.out()).isEqualTo("forgotten\n");
    }

    @Test
    void shouldApproveOnlyTheKeyThatItIsTold() {
        answers.put("GET /api/v1/racks/east", MixerOfATest.EAST);
        answers.put("POST /api/v1/racks/east/approve", MixerOfATest.EAST);

        assertThat(cli.run("admin", "racks", "approve", "east", "--key", "00FE"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("said hello as 'east' has key 00ff");
        assertThat(asked).as("a mixer of before takes any").containsExactly("GET /api/v1/racks/east ");
        asked.clear();
        assertThat(cli.run("admin", "racks", "approve", "east", "--key", "00FF"))
                .isZero();
        assertThat(asked)
                .containsExactly("GET /api/v1/racks/east ", "POST /api/v1/racks/east/approve {\"key\":\"00FF\"}");
    }

    @Test
    void shouldSayWhichNameIsNoneAndWhatNamesAreMadeOf() {
        for (String[] line : new String[][] {
            {"admin", "racks", "approve", "East"},
            {"scenario", "activate", "pay", "1.0.0", "--rack", "East"},
            {"tail", "--rack", "East"},
            {"admin", "keys", "rotate", "journal", "--rack", "East"}
        }) {
            assertThat(cli.run(line)).isEqualTo(ExitCode.USAGE);
            assertThat(cli.err()).contains("'East' is no name", Name.FIX);
        }
        assertThat(cli.run("scenario", "rollback", "pay", "--rack", "east,west"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("'east,west' is no name", "--rack ONE --rack OTHER");
        assertThat(cli.run("admin", "audit", "--limit", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldOrderAndTellWhatTheRackSays() {
        answers.put("POST /api/v1/racks/east/orders", "{\"ok\":true,\"text\":\"done\"}");
        for (String[] order : new String[][] {
            {"kill", "east"},
            {"drain", "east"},
            {"resume", "east"},
            {"close", "east", "0.0.1.2"},
            {"log-level", "east", "debug"}
        }) {
            String[] line = new String[order.length + 2];
            line[0] = "admin";
            line[1] = "racks";
            System.arraycopy(order, 0, line, 2, order.length);
            assertThat(cli.run(line)).as(order[0]).isZero();
            assertThat(cli.out()).isEqualTo("rack east: done\n");
        }
        assertThat(asked.get(3)).endsWith("{\"order\":\"close\",\"value\":\"0.0.1.2\"}");
        assertThat(asked.get(4)).contains("log_level");

        answers.put("POST /api/v1/racks/east/orders", "{\"ok\":false,\"text\":\"nothing runs\"}");
        assertThat(cli.run("admin", "racks", "close", "east", "0.0.1.2")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("rack east: not done: nothing runs");
    }

    @Test
    void shouldSendAScenarioWithItsFilesAndNoneOfTheRacksOwn() throws Exception {
        Path scenario = scenario("");
        answers.put("POST /api/v1/scenarios", "{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"ab\"}");

        assertThat(cli.run("scenario", "import", scenario.toString()))
                .as(cli.err())
                .isZero();

        assertThat(cli.out()).isEqualTo("pay 1.0.0 is sha256:ab (3 files)\n");
        JsonNode body = JSON.readTree(asked.get(0).substring("POST /api/v1/scenarios ".length()));
        assertThat(body.path("main").asText()).isEqualTo("scenarios/s.yaml");
        assertThat(body.path("files").fieldNames())
                .toIterable()
                .containsExactly("scenarios/bins.csv", "scenarios/s.yaml", "specs/v87.yaml");
        assertThat(Base64.getDecoder()
                        .decode(body.path("files").path("scenarios/s.yaml").asText()))
                .isEqualTo(Files.readAllBytes(scenario));
    }

    @Test
    void shouldCheckAScenarioAgainstTheMixersSpecs() throws Exception {
        Path scenario = scenario("");
        String spec = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("specs/v87.yaml")));
        Files.writeString(scenario, Files.readString(scenario).replace("../specs/v87.yaml", "acme:v1.0.0"));
        answers.put("GET /api/v1/specs/acme%3Av1.0.0", "{\"content\":\"" + spec + "\"}");
        answers.put("POST /api/v1/scenarios", "{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"ab\"}");

        assertThat(cli.run("scenario", "import", scenario.toString()))
                .as(cli.err())
                .isZero();
        assertThat(cli.out()).isEqualTo("pay 1.0.0 is sha256:ab (2 files)\n");

        answers.remove("GET /api/v1/specs/acme%3Av1.0.0");
        assertThat(cli.run("scenario", "import", scenario.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("s.yaml:").contains("there is no GET /api/v1/specs/acme%3Av1.0.0");
    }

    @Test
    void shouldNotImportAScenarioWithFaultsOrWithAPrivateKey() throws Exception {
        Path scenario = scenario("");
        Files.writeString(scenario, Files.readString(scenario).replace("codec_iso8583", "codec_iso"));
        assertThat(cli.run("scenario", "import", scenario.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("is not imported: mend it first");

        Path secret = scenario("");
        Files.writeString(
                folder.resolve("scenarios/bins.csv"),
                "from,to,owner\n411111,411111,host\n# -----BEGIN PRIVATE KEY-----\n");
        assertThat(cli.run("scenario", "import", secret.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(asked).isEmpty();
    }

    private Path scenario(String more) throws IOException {
        Path specs = Files.createDirectories(folder.resolve("specs"));
        Path scenarios = Files.createDirectories(folder.resolve("scenarios"));
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("config/specs/v87-ascii.yaml"))) {
            root = root.getParent();
        }
        Path spec = root.resolve("config/specs/v87-ascii.yaml");
        Files.writeString(specs.resolve("v87.yaml"), Files.readString(spec));
        Files.writeString(scenarios.resolve("bins.csv"), "from,to,owner\n411111,411111,host\n");
        return Files.writeString(scenarios.resolve("s.yaml"), """
            meta: { name: pay, version: 1.0.0 }
            racks: [ { name: east } ]
            gears:
              - { name: door, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:0" } }
              - { name: read, type: codec_iso8583, config: { spec_path: ../specs/v87.yaml, direction: decode, on_error: drop } }
              - name: switch
                type: conductor
                config:
                  correlation_key: [ iso8583.mti_class, stan ]
                  routes:
                    - { name: r, match: { field: card.pan, table: bins.csv, value: host }, destination: out_host, timeout: 9s }
              - { name: host_write, type: codec_iso8583, config: { spec_path: SPEC, direction: encode, on_error: drop } }
              - { name: host, type: io_iso8583, config: { mode: client, connect: "127.0.0.1:1" } }
              - { name: host_read, type: codec_iso8583, config: { spec_path: SPEC, direction: decode, on_error: drop } }
              - { name: no, type: responder, config: { spec_path: SPEC, default: { set: { 39: "$REASON" } } } }
              - { name: write, type: codec_iso8583, config: { spec_path: SPEC, direction: encode, on_error: drop } }
            wires:
              - { from: door.out, to: read.in }
              - { from: read.out, to: switch.in }
              - { from: switch.out_host, to: host_write.in }
              - { from: host_write.out, to: host.in }
              - { from: host.out, to: host_read.in }
              - { from: host_read.out, to: switch.in_reply }
              - { from: switch.out_response, to: write.in }
              - { from: switch.error, to: no.in }
              - { from: no.out, to: write.in }
              - { from: write.out, to: door.in }
            """.replace("SPEC", spec.toString()) + more);
    }

    @Test
    void shouldTellWhatChangedBetweenVersions() {
        answers.put("GET /api/v1/scenarios/pay/versions/1.0.0", files("a\nb\n"));
        answers.put("GET /api/v1/scenarios/pay/versions/1.1.0", files("a\nc\n"));

        assertThat(cli.run("scenario", "diff", "pay", "1.0.0", "1.1.0")).isZero();
        assertThat(cli.out()).isEqualTo("s.yaml\n  -2: b\n  +2: c\n");
        assertThat(cli.run("scenario", "diff", "pay", "1.0.0", "1.1.0", "--json"))
                .isZero();
        assertThat(cli.out()).isEqualTo("[{\"file\":\"s.yaml\",\"changes\":[\"-2: b\",\"+2: c\"]}]\n");
        assertThat(cli.run("scenario", "diff", "pay", "1.1.0", "1.1.0", "--json"))
                .isZero();
        assertThat(cli.out()).isEqualTo("[]\n");
    }

    private static String files(String text) {
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return "{\"files\":{\"s.yaml\":\"" + base64 + "\"}}";
    }

    @Test
    void shouldShowVersionsTopologyAndAudit() {
        answers.put(
                "GET /api/v1/scenarios?&limit=500",
                "{\"items\":[{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"0123456789abcdef\",\"bytes\":5,\"added\":\"-\"}]}");
        answers.put(
                "GET /api/v1/topology",
                "{\"racks\":[{\"name\":\"west\",\"standing\":\"active\",\"there\":true,\"state\":\"running\","
                        + "\"reason\":\"a->b takes nothing since t: disk full, senders are refused\"},"
                        + "{\"name\":\"east\",\"standing\":\"active\",\"there\":false,\"scenario\":\"pay\","
                        + "\"version\":\"1.0.0\",\"gears\":[{\"name\":\"door\",\"type\":\"io_iso8583\"}]}],"
                        + "\"wires\":[{\"from\":\"door.out\",\"to\":\"read.in\",\"lane\":\"hot\",\"scenario\":\"pay 1.0.0\"},"
                        + "{\"from\":\"door.error\",\"to\":\"far.in\",\"lane\":\"guaranteed\",\"scenario\":\"pay 1.0.0\"}]}");
        answers.put(
                "GET /api/v1/audit?limit=50",
                "{\"items\":[{\"at\":\"t\",\"who\":\"api\",\"action\":\"rack.approve\",\"subject\":\"east\"}]}");

        answers.put(
                "GET /api/v1/racks?&limit=500",
                "{\"items\":[" + MixerOfATest.EAST + ","
                        + MixerOfATest.EAST.replace("east", "north").replace("1.0.0", "1.1.0") + ","
                        + MixerOfATest.EAST.replace("east", "south").replace("true", "false") + ","
                        + MixerOfATest.EAST.replace("east", "west")
                        + "]}");
        assertThat(cli.run("scenario", "list")).isZero();
        assertThat(cli.out())
                .contains(
                        "ADDED         RUNS ON",
                        "pay       1.0.0    0123456789ab  5      -             east, west\n",
                        "pay       1.1.0    -             -      not imported  north\n");
        assertThat(cli.run("scenario", "list", "pay")).isZero();
        assertThat(cli.out()).contains("pay       1.0.0").doesNotContain("other");
        assertThat(cli.run("scenario", "list", "pray")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("the mixer has no scenario 'pray'", "'fluxrig scenario list'");
        assertThat(cli.run("scenario", "list", "--json")).isZero();
        assertThat(cli.out()).contains("\"racks\":[\"east\",\"west\"]");
        answers.put(
                "GET /api/v1/scenarios?&limit=500",
                "{\"items\":[{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"0123456789abcdef\",\"went_back_on\":[\"west\"]}]}");
        assertThat(cli.run("scenario", "list")).isZero();
        assertThat(cli.out()).contains("RUNS ON     WENT BACK ON\n", "east, west  west\n");
        assertThat(cli.run("topology")).isZero();
        assertThat(cli.out())
                .contains("rack west: running, active\n  a->b takes nothing since t: disk full, senders are refused\n")
                .contains("rack east: away, active, pay 1.0.0\n  1 gear: door\n")
                .containsPattern("east.door.error +far.in +guaranteed +pay 1.0.0\n1 wire inside racks not shown: --all")
                .doesNotContain("read.in", "io_iso8583");
        assertThat(cli.run("topology", "--all")).isZero();
        assertThat(cli.out()).contains("  door (io_iso8583)").containsPattern("east.door.out +read.in +hot");
        assertThat(cli.run("admin", "audit")).isZero();
        assertThat(cli.out()).contains("rack.approve  east");
    }

    @Test
    void shouldSayThatThisIsTheLeanFluxrig() {
        assertThat(cli.run("mixer")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("without the mixer");
    }

    @Test
    void shouldNotStartARackThatHasNoName() {
        assertThat(cli.run("rack", "--set", "base.data_dir=" + folder)).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("rack.name", "snake.url");
    }

    @Test
    void shouldKnowAMixersFileFromARacks() throws Exception {
        Path file = Files.writeString(folder.resolve("m.toml"), "[api]\nbind = \"127.0.0.1:1\"\nbody_max = \"1KiB\"\n");

        assertThat(cli.run("check", file.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.out()).contains("api.body_max");
        assertThat(cli.run("inspect", "config", "--mixer")).isZero();
        assertThat(cli.out()).contains("api.bind");
        assertThat(cli.run("schema", "mixer")).isZero();
        assertThat(cli.out()).contains("schema/mixer.json");
    }
}
