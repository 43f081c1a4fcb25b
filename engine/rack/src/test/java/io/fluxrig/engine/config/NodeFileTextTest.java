package io.fluxrig.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfig.Origin;
import io.fluxrig.engine.config.NodeConfig.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The node file that ships holds every declared key at its declared default. */
class NodeFileTextTest {

    private static Path shipped() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("config/rack.toml")) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder.resolve("config/rack.toml");
    }

    @Test
    void shouldShipWhatTheDeclarationsSay() throws Exception {
        assertThat(Files.readString(shipped()))
                .as("config/rack.toml differs from NodeKeys: write NodeFileText.write(NodeKeys.FILE) into it")
                .isEqualTo(NodeFileText.write(NodeKeys.FILE));
    }

    @Test
    void shouldShipEveryKeyAtItsDefault() {
        NodeConfigLoad shipped = NodeConfigLoader.load(shipped(), Map.of(), Map.of());
        NodeConfig defaults = NodeConfigLoader.load(null, Map.of(), Map.of()).config();
        assertThat(shipped.faults()).isEmpty();
        for (Setting setting : shipped.config().all()) {
            assertThat(setting.origin()).as(setting.name()).isEqualTo(Origin.FILE);
            assertThat(setting.value())
                    .as(setting.name())
                    .isEqualTo(defaults.setting(setting.name()).value());
        }
    }
}
