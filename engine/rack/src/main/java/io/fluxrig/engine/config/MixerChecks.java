package io.fluxrig.engine.config;

import io.fluxrig.engine.config.NodeConfig.Setting;
import io.fluxrig.engine.fault.Faults;
import java.util.Map;

/** What the values of a mixer's file must be together. */
final class MixerChecks {
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
