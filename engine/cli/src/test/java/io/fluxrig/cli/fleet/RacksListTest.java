package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code admin racks list}: a rack that runs nothing has no HTTP window, so this is where it is told why. */
class RacksListTest {
    private static final String WEST = "{\"name\":\"west\",\"standing\":\"active\",\"key\":\"00ff\",\"there\":true,"
            + "\"state\":\"running\",\"reason\":\"\",\"scenario\":\"pay 1.0.0\",\"in_flight\":3,\"host\":\"h\"}";
    private static final String EAST = "{\"name\":\"east\",\"standing\":\"active\",\"key\":\"00fe\",\"there\":true,"
            + "\"state\":\"waiting\",\"reason\":\"gear 'host' (io) cannot start\",\"scenario\":\"\",\"in_flight\":0,"
            + "\"host\":\"h\"}";
    private static final String RACKS = "GET /api/v1/racks?&limit=500";

    private final MixerOfATest mixer = new MixerOfATest();
    private final Cli cli = new Cli();

    @BeforeEach
    void start() {
        cli.with("FLUXRIG_API_URL", mixer.url());
        cli.with("FLUXRIG_API_TOKEN", MixerOfATest.TOKEN);
    }

    @AfterEach
    void stop() {
        mixer.close();
    }

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
    void shouldHaveNoColumnForReasonsWhereThereAreNone() {
        mixer.answers().put(RACKS, "{\"items\":[" + WEST + "]}");

        assertThat(cli.run("admin", "racks", "list")).isZero();

        assertThat(cli.out()).contains("HOST\n").doesNotContain("REASON");
    }
}
