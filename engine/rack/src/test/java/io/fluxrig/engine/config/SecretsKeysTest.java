package io.fluxrig.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsKeysTest {

    private static List<Fault> faults(Map<String, String> flags) {
        return NodeConfigLoader.load(MixerKeys.FILE, null, Map.of(), flags).faults();
    }

    @Test
    void shouldNeedNothingByDefault() {
        assertThat(faults(Map.of())).isEmpty();
    }

    @Test
    void shouldAskForWhatAKeeperNeeds() {
        assertThat(faults(Map.of("secrets.keeper", "vault", "secrets.vault_key", "")))
                .extracting(Fault::key)
                .containsExactly("secrets.vault_url", "secrets.vault_key");
        assertThat(faults(Map.of("secrets.keeper", "aws_kms")))
                .extracting(Fault::key)
                .containsExactly("secrets.kms_key", "secrets.kms_region");
        assertThat(faults(Map.of("secrets.kms_key", "alias/fluxrig")))
                .extracting(Fault::key)
                .containsExactly("secrets.kms_region");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://vault.example:8200", "https://vault.example/", "http://127.0.0.1:8200", "http://[::1]:1"
            })
    void shouldTakeAddressesWithTlsOrOnLoopback(String url) {
        assertThat(faults(Map.of("secrets.vault_url", url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://vault.example:8200",
                "http://127.evil.example",
                "http://localhost.evil.example",
                "https://user:word@vault.example",
                "https://vault.example/v1",
                "vault.example:8200",
                "https://vault_1"
            })
    void shouldRefuseAddressesThatKeysMustNotTravelTo(String url) {
        assertThat(faults(Map.of("secrets.vault_url", url)))
                .extracting(Fault::key)
                .containsExactly("secrets.vault_url");
        assertThat(faults(Map.of("secrets.kms_url", url)).toString())
                .contains("secrets.kms_url")
                .doesNotContain("word");
    }

    @Test
    void shouldRefuseNamesThatLeadElsewhere() {
        assertThat(faults(Map.of("secrets.vault_mount", "../sys", "secrets.vault_key", "a/../b")))
                .extracting(Fault::key)
                .containsExactly("secrets.vault_mount", "secrets.vault_key");
    }
}
