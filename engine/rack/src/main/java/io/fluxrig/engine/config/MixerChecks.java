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
    }

    private String text(String key) {
        return settings.get(key).value().toString();
    }

    private void fault(String key, String what, String fix) {
        faults.error(settings.get(key).place(), key, what, fix);
    }
}
