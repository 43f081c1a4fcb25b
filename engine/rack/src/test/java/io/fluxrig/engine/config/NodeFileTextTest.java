package io.fluxrig.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfig.Origin;
import io.fluxrig.engine.config.NodeConfig.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The node file that ships holds every declared key at its declared default. */
class NodeFileTextTest {

    private static Path shipped(NodeFileKeys keys) {
        String name = "config/" + keys.kind() + ".toml";
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(name)) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder.resolve(name);
    }

    static Stream<NodeFileKeys> kinds() {
        return Stream.of(NodeKeys.FILE, MixerKeys.FILE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldShipWhatTheDeclarationsSay(NodeFileKeys keys) throws Exception {
        assertThat(Files.readString(shipped(keys)))
                .as("config/%s.toml differs from its keys: write NodeFileText.write() into it", keys.kind())
                .isEqualTo(NodeFileText.write(keys));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldShipEveryKeyAtItsDefault(NodeFileKeys keys) {
        NodeConfigLoad shipped = NodeConfigLoader.load(keys, shipped(keys), Map.of(), Map.of());
        NodeConfig defaults =
                NodeConfigLoader.load(keys, null, Map.of(), Map.of()).config();
        assertThat(shipped.faults()).isEmpty();
        for (Setting setting : shipped.config().all()) {
            assertThat(setting.origin()).as(setting.name()).isEqualTo(Origin.FILE);
            assertThat(setting.value())
                    .as(setting.name())
                    .isEqualTo(defaults.setting(setting.name()).value());
        }
    }
}
