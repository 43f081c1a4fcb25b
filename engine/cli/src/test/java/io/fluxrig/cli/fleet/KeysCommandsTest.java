package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The commands about keys, against an API that answers what a test says. */
class KeysCommandsTest {
    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final Map<String, String> answers = mixer.answers();
    private final List<String> asked = mixer.asked();
    private final Cli cli = mixer.cli();

    @Test
    void shouldListKeysByNameAndTellWhyTheyCannotBeOpened() {
        String key = "{\"name\":\"wires\",\"version\":2,\"made\":\"2026-11-27T09:00:00Z\",\"data_key\":1}";
        String rest = ",\"data_keys\":[{\"id\":1,\"keeper\":\"vault\",\"under\":\"transit/fluxrig v3\","
                + "\"made\":\"2026-11-27T08:00:00Z\"}],\"wrapping_keys\":[\"key aa of secret.key\",\"key ab of secret.key\"],\"open\":false,\"trouble\":\"Vault is sealed\"}";
        answers.put("GET /api/v1/keys?limit=1", "{\"items\":[" + key + "]" + rest);
        answers.put("GET /api/v1/keys?&limit=500", "{\"items\":[" + key + "]" + rest);

        assertThat(cli.run("admin", "keys", "list")).isZero();
        assertThat(cli.out())
                .contains(
                        "wires         2        2026-11-27T09:00:00Z  data key 1",
                        "data key 1    -        2026-11-27T08:00:00Z  vault: transit/fluxrig v3",
                        "wrapping key  -        -                     key aa of secret.key (opens what it wrapped)",
                        "wrapping key  -        -                     key ab of secret.key (wraps)",
                        "they cannot be opened: Vault is sealed");
        assertThat(cli.run("admin", "keys", "list", "--json")).isZero();
        assertThat(cli.out()).contains("\"keeper\":\"vault\"").doesNotContain("next");
    }

    @Test
    void shouldRotateAndRewrapKeys() {
        answers.put("POST /api/v1/keys/rotate", "{\"ok\":true,\"text\":\"key 2 goes to 3 racks\"}");
        answers.put("POST /api/v1/keys/rewrap", "{\"ok\":true,\"text\":\"1 data keys\"}");

        assertThat(cli.run("admin", "keys", "rotate", "wires")).isZero();
        assertThat(cli.out()).isEqualTo("key 2 goes to 3 racks\n");
        assertThat(cli.run("admin", "keys", "rotate", "journal", "--rack", "east"))
                .isZero();
        assertThat(cli.run("admin", "keys", "rewrap")).isZero();
        assertThat(cli.run("admin", "keys", "rotate", "wires", "--retire")).isZero();
        assertThat(cli.run("admin", "keys", "rotate", "other")).isEqualTo(ExitCode.USAGE);

        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/keys/rotate {\"kind\":\"wires\"}",
                        "POST /api/v1/keys/rotate {\"kind\":\"journal\",\"rack\":\"east\"}",
                        "POST /api/v1/keys/rewrap ",
                        "POST /api/v1/keys/rotate {\"kind\":\"wires\",\"retire\":true}");
    }
}
