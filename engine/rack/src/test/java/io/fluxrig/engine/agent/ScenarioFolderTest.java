package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.passport.Cbor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFolderTest {
    private static final ScenarioBundle BUNDLE =
            ScenarioBundle.of("s.yaml", Map.of("s.yaml", bytes("meta"), "tables/bins.csv", bytes("4,east")));

    @TempDir
    private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path unpacked() throws Exception {
        ScenarioFolder scenarios = new ScenarioFolder(folder);
        return scenarios.file(scenarios.unpack(BUNDLE, Cbor.write(BUNDLE)));
    }

    @Test
    void shouldUnpackFilesBesideEachOther() throws Exception {
        Path main = unpacked();

        assertThat(main).hasContent("meta");
        assertThat(main.resolveSibling("tables/bins.csv")).hasContent("4,east");
    }

    @Test
    void shouldMendWhatWasCutShortOrChanged() throws Exception {
        Path main = unpacked();
        Files.writeString(main, "");
        Files.delete(main.resolveSibling("tables/bins.csv"));

        assertThat(unpacked()).isEqualTo(main).hasContent("meta");
        assertThat(main.resolveSibling("tables/bins.csv")).hasContent("4,east");
    }

    @Test
    void shouldLeaveAloneWhatIsWhole() throws Exception {
        Path main = unpacked();
        Object before = Files.getAttribute(main, "unix:ino");

        unpacked();

        assertThat(Files.getAttribute(main, "unix:ino")).isEqualTo(before);
    }
}
