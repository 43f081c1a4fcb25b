package io.fluxrig.cli.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.MixerKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixerHereTest {
    @TempDir
    Path root;

    private MixerHere here;

    @BeforeEach
    void begin() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("home"));
        here = new MixerHere(root.resolve("home"), root.resolve("etc/mixer.toml"), root.resolve("var"));
    }

    private Path token(Map<String, String> environment) {
        return here.load(environment).config().dataPath(MixerKeys.API_TOKEN_FILE);
    }

    private void install() throws Exception {
        Files.writeString(root.resolve("etc/mixer.toml"), "[base]\ndata_dir = \"data/mixer\"\n");
    }

    @Test
    void shouldLookWhereThePackagesUnitHasItsData() throws Exception {
        install();

        assertThat(token(Map.of())).isEqualTo(root.resolve("var/authority/api.token"));
        assertThat(here.isInstalled()).isTrue();
        assertThat(token(Map.of("FLUXRIG_BASE_DATA_DIR", "/srv/m"))).isEqualTo(Path.of("/srv/m/authority/api.token"));
    }

    @Test
    void shouldTakeTheMixerOfAFolderFirst() throws Exception {
        install();
        Files.createDirectories(root.resolve("home/data/mixer"));

        assertThat(token(Map.of())).isEqualTo(Path.of("data/mixer/authority/api.token"));
        Files.createDirectories(root.resolve("home/config"));
        Files.writeString(root.resolve("home/config/mixer.toml"), "[base]\ndata_dir = \"mine\"\n");
        assertThat(token(Map.of())).isEqualTo(Path.of("mine/authority/api.token"));
        assertThat(here.isInstalled()).isFalse();
    }

    @Test
    void shouldTakeTheDefaultsWhereThereIsNone() {
        assertThat(token(Map.of())).isEqualTo(Path.of("data/mixer/authority/api.token"));
    }
}
