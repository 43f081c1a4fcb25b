package io.fluxrig.engine.config;

import io.fluxrig.engine.config.NodeConfig.Setting;
import io.fluxrig.engine.fault.Faults;
import java.util.Map;
import java.util.regex.Pattern;

/** What the values of a mixer's file must be together. */
final class MixerChecks {
    /** Part of a path, and nothing that leads out of it. */
    private static final String KEEPER_NAME = "[A-Za-z0-9_-][A-Za-z0-9_.-]*";

    private static final Pattern KEEPER_URL = Pattern.compile("(https://(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+)"
            + "|http://(\\[::1]|localhost|127(\\.[0-9]{1,3}){3}))(:[0-9]{1,5})?/?");

    private final Map<String, Setting> settings;
    private final Faults faults;

    MixerChecks(Map<String, Setting> settings, Faults faults) {
        this.settings = settings;
        this.faults = faults;
    }

    void check() {
        String advertised = text(MixerKeys.API_ADVERTISE);
        if (!advertised.isEmpty() && !advertised.matches("https?://[A-Za-z0-9._\\[\\]:-]+")) {
            fault(
                    MixerKeys.API_ADVERTISE,
                    "it is no address of an API",
                    "write http://host:port or https://host:port, nothing behind it");
        }
        if (!text(MixerKeys.REGISTRY_URL).isEmpty()) {
            checkShared();
        }
        checkSecrets();
    }

    private void checkSecrets() {
        String keeper = text(MixerKeys.SECRETS_KEEPER);
        boolean vault = keeper.equals(MixerKeys.KEEPER_VAULT);
        boolean kms = keeper.equals(MixerKeys.KEEPER_AWS_KMS);
        checkUrl(MixerKeys.SECRETS_VAULT_URL, vault);
        checkUrl(MixerKeys.SECRETS_KMS_URL, false);
        checkWord(MixerKeys.SECRETS_VAULT_MOUNT, KEEPER_NAME + "(/" + KEEPER_NAME + ")*", vault);
        checkWord(MixerKeys.SECRETS_VAULT_KEY, KEEPER_NAME, vault);
        checkWord(MixerKeys.SECRETS_VAULT_NAMESPACE, "[A-Za-z0-9_./-]+", false);
        checkWord(MixerKeys.SECRETS_KMS_KEY, "[A-Za-z0-9_.:/-]+", kms);
        checkWord(
                MixerKeys.SECRETS_KMS_REGION,
                "[a-z0-9-]+",
                kms || !text(MixerKeys.SECRETS_KMS_KEY).isEmpty());
    }

    private void checkWord(String key, String pattern, boolean needed) {
        String value = text(key);
        if (value.isEmpty() ? needed : !value.matches(pattern)) {
            fault(
                    key,
                    value.isEmpty()
                            ? "it is empty, and whoever keeps the keys is asked with it"
                            : "it holds what no name does",
                    "write it as the keeper shows it");
        }
    }

    private void checkUrl(String key, boolean needed) {
        String value = text(key);
        if (value.isEmpty() ? needed : !KEEPER_URL.matcher(value).matches()) {
            fault(
                    key,
                    value.isEmpty()
                            ? "it is empty, and whoever keeps the keys is asked there"
                            : "it is no address for keys to travel to: without TLS on loopback alone, and nothing behind the port",
                    "write https://host:port");
        }
    }

    private void checkShared() {
        if (RegistryUrl.parse(text(MixerKeys.REGISTRY_URL)).isEmpty()) {
            // not quoted: somebody may have put a password there
            fault(
                    MixerKeys.REGISTRY_URL,
                    "it names no database, or holds more than that; a password stands in registry.password_file",
                    RegistryUrl.FIX);
        }
        if (text(MixerKeys.SNAKE_URL).isBlank()) {
            fault(
                    MixerKeys.SNAKE_URL,
                    "mixers that share a registry (registry.url) need a NATS that none of them takes along when it ends",
                    "run nats-server, or three of them, and write nats://host:port here on each mixer");
        }
        boolean everywhere = Address.parse(text(MixerKeys.API_BIND))
                .filter(bind -> bind.host().isEmpty()
                        || bind.host().equals("0.0.0.0")
                        || bind.host().equals("::"))
                .isPresent();
        if (everywhere && text(MixerKeys.API_ADVERTISE).isEmpty()) {
            fault(
                    MixerKeys.API_ADVERTISE,
                    "mixers that share a registry refer to each other's API, and api.bind does not say where this one is",
                    "write http://HOST:PORT, as operators reach it");
        }
    }

    private String text(String key) {
        return settings.get(key).value().toString();
    }

    private void fault(String key, String what, String fix) {
        faults.error(settings.get(key).place(), key, what, fix);
    }
}
