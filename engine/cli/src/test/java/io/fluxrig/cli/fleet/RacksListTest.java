package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code admin racks list}: a rack that runs nothing has no HTTP window, so this is where it is told why. */
class RacksListTest {
    private static final String WEST = "{\"name\":\"west\",\"standing\":\"active\",\"key\":\"00ff\",\"there\":true,"
            + "\"state\":\"running\",\"reason\":\"\",\"scenario\":\"pay 1.0.0\",\"in_flight\":3,\"host\":\"h\"}";
    private static final String EAST = "{\"name\":\"east\",\"standing\":\"active\",\"key\":\"00fe\",\"there\":true,"
            + "\"state\":\"waiting\",\"reason\":\"gear 'host' (io) cannot start\",\"scenario\":\"\",\"in_flight\":0,"
            + "\"host\":\"h\"}";
    private static final String RACKS = "GET /api/v1/racks?&limit=500";

    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final Cli cli = mixer.cli();

    @Test
    void shouldTellWhyARackDoesNotRun() {
        mixer.answers().put(RACKS, "{\"items\":[" + EAST + "," + WEST + "]}");

        assertThat(cli.run("admin", "racks", "list")).isZero();

        assertThat(cli.out().lines())
                .satisfiesExactly(
                        head -> assertThat(head).endsWith("HOST  REASON"),
                        east -> assertThat(east).endsWith("00fe  h     gear 'host' (io) cannot start"),
                        west -> assertThat(west).endsWith("00ff  h"));
    }

    @Test
    void shouldTellWhatARackRefusedAndHowLongItsPassportIsGood() {
        String refused = EAST.replace("gear 'host' (io) cannot start", "for a scenario")
                .replace(
                        "\"key\"",
                        "\"passport\":7,\"passport_expires\":\"2027-11-27T19:00:00Z\",\"wanted\":{\"scenario\":\"pay\","
                                + "\"version\":\"1.0.0\",\"outcome\":\"refused\",\"text\":\"port 8583 is taken\\n  by another\"},\"key\"");
        String runs = WEST.replace(
                "\"key\"",
                "\"wanted\":{\"scenario\":\"pay\",\"version\":\"1.0.0\",\"outcome\":\"changed\",\"text\":\"runs\"},\"key\"");
        String back = WEST.replace("\"active\"", "\"pending\",\"removed\":true");
        mixer.answers().put(RACKS, "{\"items\":[" + refused + "," + runs + "," + back + "]}");

        assertThat(cli.run("admin", "racks", "list")).isZero();

        assertThat(cli.out().lines().skip(1))
                .satisfiesExactly(
                        east -> assertThat(east)
                                .contains("  7 until 2027-11-27  ")
                                .endsWith("for a scenario; pay 1.0.0: refused: port 8583 is taken; by another"),
                        west -> assertThat(west).endsWith("  h"),
                        pending -> assertThat(pending).contains("pending (was removed)"));
    }

    @Test
    void shouldBreakBetweenWordsOnATerminal() {
        String back =
                "two-racks 1.1.0: rolled_back: switch refused 100 % of 1117 (no_route 1117), what it replaced 0 % of"
                        + " 60312; 1.0.0 runs again";
        mixer.answers()
                .put(RACKS, "{\"items\":[" + EAST.replace("gear 'host' (io) cannot start", back) + "," + WEST + "]}");

        assertThat(cli.onTerminal(80).run("admin", "racks", "list")).isZero();

        assertThat(cli.out()).isEqualTo("""
                RACK  STANDING  THERE  STATE    RUNS       IN FLIGHT  PASSPORT  KEY   HOST
                east  active    yes    waiting  -          0          -         00fe  h
                  REASON two-racks 1.1.0: rolled_back: switch refused 100 % of 1117 (no_route
                    1117), what it replaced 0 % of 60312; 1.0.0 runs again
                west  active    yes    running  pay 1.0.0  3          -         00ff  h
                """);
    }

    @Test
    void shouldShowTheTrafficOfRacksThatSayIt() {
        String busy = WEST.replace(
                "\"key\"",
                "\"traffic\":{\"requests_per_second\":1204.4,\"unanswered_per_second\":2.04,\"approved_ratio\":0.987,"
                        + "\"p50_us\":840,\"p99_us\":2100,\"destinations\":4,\"destinations_up\":3,\"breakers_open\":1},\"key\"");
        String idle = WEST.replace("west", "south")
                .replace(
                        "\"key\"",
                        "\"traffic\":{\"destinations\":1,\"destinations_up\":1,\"breakers_open\":0},\"key\"");
        String away = WEST.replace("west", "north").replace("\"there\":true", "\"there\":false");
        mixer.answers().put(RACKS, "{\"items\":[" + EAST + "," + away + "," + idle + "," + busy + "]}");

        assertThat(cli.run("admin", "racks", "list", "--traffic")).isZero();

        assertThat(cli.out()).isEqualTo("""
                        RACK   STATE    REQUESTS  P50     P99      APPROVED  UNANSWERED  UP      BREAKERS OPEN
                        east   waiting  -         -       -        -         -           -       -
                        north  away     -         -       -        -         -           -       -
                        south  running  -         -       -        -         -           1 of 1  0
                        west   running  1,204/s   840 µs  2.10 ms  98.7 %    2.0/s       3 of 4  1
                        """);
    }

    @Test
    void shouldShowTheTrafficInTheTopology() {
        String rack =
                "{\"name\":\"NAME\",\"standing\":\"active\",\"there\":true,\"state\":\"running\",\"traffic\":{TRAFFIC}}";
        String busy = "\"requests_per_second\":1204.4,\"unanswered_per_second\":2.04,\"approved_ratio\":0.987,"
                + "\"p50_us\":840,\"p99_us\":2100,\"destinations\":4,\"destinations_up\":3,\"breakers_open\":1";
        String idle = "\"requests_per_second\":0,\"unanswered_per_second\":0,\"destinations\":4,\"destinations_up\":4,"
                + "\"breakers_open\":0";
        mixer.answers()
                .put(
                        "GET /api/v1/topology",
                        "{\"racks\":[" + rack.replace("NAME", "east").replace("TRAFFIC", busy) + ","
                                + rack.replace("NAME", "north").replace("TRAFFIC", "\"destinations\":0") + ","
                                + rack.replace("NAME", "west").replace("TRAFFIC", idle) + "],\"wires\":[]}");

        assertThat(cli.run("topology")).isZero();

        assertThat(cli.out()).isEqualTo("""
                        rack east: running, active
                          1,204/s  p50 840 µs  p99 2.10 ms  98.7 % approved  2.0/s ended unanswered  3 of 4 destinations up  1 breaker open
                        rack north: running, active
                        rack west: running, active
                          0/s  4 of 4 destinations up
                        """);
    }

    /** It was shown as running, with what it had said last. */
    @Test
    void shouldShowARackThatIsNotHeardOfAsAway() {
        String gone = WEST.replace("\"there\":true", "\"there\":false,\"seen\":\"2026-11-28T08:36:32Z\"")
                .replace("\"reason\":\"\"", "\"reason\":\"killed\"");
        String unheard = "{\"name\":\"south\",\"standing\":\"active\",\"key\":\"00fd\",\"there\":false,\"host\":\"h\"}";
        mixer.answers().put(RACKS, "{\"items\":[" + unheard + "," + gone + "]}");

        assertThat(cli.run("admin", "racks", "list")).isZero();

        assertThat(cli.out()).isEqualTo("""
                RACK   STANDING  THERE  STATE  RUNS  IN FLIGHT  PASSPORT  KEY   HOST  REASON
                south  active    no     away   -     -          -         00fd  h
                west   active    no     away   -     -          -         00ff  h     not heard of since 2026-11-28T08:36:32Z, then it was running pay 1.0.0; killed
                """);
    }

    @Test
    void shouldHaveNoColumnForReasonsWhereThereAreNone() {
        mixer.answers().put(RACKS, "{\"items\":[" + WEST + "]}");

        assertThat(cli.run("admin", "racks", "list")).isZero();

        assertThat(cli.out()).contains("HOST\n").doesNotContain("REASON");
    }
}
