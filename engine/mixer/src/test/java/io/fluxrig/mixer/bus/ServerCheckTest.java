package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerCheckTest {

    @Test
    void shouldLeaveTheMixersSecretsOutOfWhatAServerIsStartedWith() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", "/usr/bin",
                "VAULT_TOKEN", "a",
                "AWS_SECRET_ACCESS_KEY", "b",
                "AWS_SESSION_TOKEN", "c",
                "FLUXRIG_API_TOKEN", "d"));

        ServerCheck.withoutSecrets(environment);

        assertThat(environment).containsOnlyKeys("PATH");
    }
}
