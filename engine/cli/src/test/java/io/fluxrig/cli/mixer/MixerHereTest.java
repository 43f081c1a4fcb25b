package io.fluxrig.cli.mixer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.cli.console.CommandFailure;
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

    private String api(String bind, String tls) throws Exception {
        Files.createDirectories(root.resolve("home/config"));
        Files.writeString(
                root.resolve("home/config/mixer.toml"), "[api]\nbind = \"" + bind + "\"\ntls = \"" + tls + "\"\n");
        return here.apiUrl(Map.of());
    }

    /** Where others have the default one, a command asked theirs. */
    @Test
    void shouldFindTheApiWhereTheMixersFileHasIt() throws Exception {
        assertThat(here.apiUrl(Map.of())).isEqualTo("http://127.0.0.1:8090");

        assertThat(api("127.0.0.1:27090", "auto")).isEqualTo("http://127.0.0.1:27090");
        assertThat(api("127.0.0.1:27090", "on")).isEqualTo("https://127.0.0.1:27090");
        assertThat(api("10.0.0.1:8090", "auto")).isEqualTo("https://10.0.0.1:8090");
        assertThat(here.apiUrl(Map.of("FLUXRIG_API_BIND", "localhost:1"))).isEqualTo("http://localhost:1");
    }

    @Test
    void shouldAskOnLoopbackAMixerThatListensEverywhere() throws Exception {
        assertThat(api(":8091", "off")).isEqualTo("http://127.0.0.1:8091");
        assertThat(api("0.0.0.0:8091", "auto")).isEqualTo("https://127.0.0.1:8091");
        assertThat(api("[::]:8091", "auto")).isEqualTo("https://[::1]:8091");
        assertThat(api("[::1]:8091", "auto")).isEqualTo("http://[::1]:8091");
    }

    @Test
    void shouldAskNobodyWhereTheFileDoesNotSayWhom() {
        assertThatThrownBy(() -> api("127.0.0.1:0", "auto"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(
                        "where the mixer's API is cannot be told: api.bind lets the machine choose the port; name it with"
                                + " --api, or set FLUXRIG_API_URL");
        assertThatThrownBy(() -> api("nowhere", "auto"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("api.bind")
                .hasMessageEndingWith("; name it with --api, or set FLUXRIG_API_URL");
    }
}
