package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MixerLeadTest {
    private static String reachable(String bind, String advertised) {
        var config = NodeConfigLoader.load(
                        MixerKeys.FILE, null, Map.of(), Map.of("api.bind", bind, "api.advertise", advertised))
                .config();
        return MixerLead.reachable(config, "https://" + bind);
    }

    @Test
    void shouldReferOthersToWhatIsAdvertised() {
        assertThat(reachable("127.0.0.1:8090", "https://mixer.example:1")).isEqualTo("https://mixer.example:1");
        assertThat(reachable("10.0.0.1:8090", "https://mixer.example:1")).isEqualTo("https://mixer.example:1");
    }

    @Test
    void shouldReferOthersToWhereItListensIfThatIsOnANetwork() {
        assertThat(reachable("10.0.0.1:8090", "")).isEqualTo("https://10.0.0.1:8090");
    }

    @Test
    void shouldReferNobodyToLoopback() {
        assertThat(reachable("127.0.0.1:8090", "")).isEmpty();
        assertThat(reachable("localhost:8090", "")).isEmpty();
    }
}
