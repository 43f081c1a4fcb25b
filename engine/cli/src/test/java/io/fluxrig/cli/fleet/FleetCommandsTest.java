package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.config.Name;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The commands about a fleet, against an API that answers what a test says. */
class FleetCommandsTest {
    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final Map<String, String> answers = mixer.answers();
    private final List<String> asked = mixer.asked();
    private final Cli cli = mixer.cli();

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
    void shouldShowTopologyAndAudit() {
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
}
