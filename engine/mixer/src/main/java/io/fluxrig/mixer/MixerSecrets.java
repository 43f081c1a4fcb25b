package io.fluxrig.mixer;

import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.registry.SecretEntries;
import io.fluxrig.mixer.secret.FileKeeper;
import io.fluxrig.mixer.secret.KeeperHttp;
import io.fluxrig.mixer.secret.KeyKeeper;
import io.fluxrig.mixer.secret.KeyWrapper;
import io.fluxrig.mixer.secret.KmsKeeper;
import io.fluxrig.mixer.secret.SecretStore;
import io.fluxrig.mixer.secret.VaultKeeper;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The secret store as the configuration has it, and the thread on which key keepers are asked. Closed by whoever opened it. */
final class MixerSecrets implements AutoCloseable {
    /** The store asks one thing at a time; beside it an operator may. */
    private static final int WAITING_MAX = 16;

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> {
                Thread made = new Thread(task, "key-keeper");
                made.setDaemon(true);
                return made;
            });
    private final SecretStore store;

    /**
     * Asks no keeper yet.
     *
     * @param fleet fingerprint of the authority of its mixers
     */
    MixerSecrets(
            NodeConfig config,
            String fleet,
            SecretEntries entries,
            Desk desk,
            InstantSource clock,
            Map<String, String> environment) {
        this.store = new SecretStore(
                entries,
                keepers(config, fleet, clock, environment),
                thread,
                desk::attend,
                clock,
                System::nanoTime,
                new SecureRandom());
    }

    SecretStore store() {
        return store;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** The one that is named, and beside it whichever else is configured. */
    static KeyWrapper keepers(NodeConfig config, String fleet, InstantSource clock, Map<String, String> environment) {
        KeeperHttp http = new KeeperHttp(
                file(config, MixerKeys.SECRETS_CA_FILE),
                Duration.ofNanos(config.durationNs(MixerKeys.SECRETS_TIMEOUT)));
        List<KeyKeeper> all = new ArrayList<>();
        all.add(new FileKeeper(config.dataPath(MixerKeys.SECRETS_KEY_FILE), new SecureRandom()));
        if (!config.text(MixerKeys.SECRETS_VAULT_URL).isEmpty()) {
            all.add(new VaultKeeper(vault(config, environment), http));
        }
        if (!config.text(MixerKeys.SECRETS_KMS_KEY).isEmpty()) {
            all.add(new KmsKeeper(kms(config, environment), http, clock));
        }
        String named = config.text(MixerKeys.SECRETS_KEEPER);
        KeyKeeper current = all.stream()
                .filter(each -> each.kind().equals(named))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the configuration was not checked: secrets.keeper=" + named));
        return new KeyWrapper(fleet, current, all);
    }

    private static VaultKeeper.Settings vault(NodeConfig config, Map<String, String> environment) {
        return new VaultKeeper.Settings(
                config.text(MixerKeys.SECRETS_VAULT_URL).replaceAll("/$", ""),
                config.text(MixerKeys.SECRETS_VAULT_MOUNT),
                config.text(MixerKeys.SECRETS_VAULT_KEY),
                config.text(MixerKeys.SECRETS_VAULT_NAMESPACE),
                file(config, MixerKeys.SECRETS_VAULT_TOKEN_FILE),
                environment.get("VAULT_TOKEN"));
    }

    private static KmsKeeper.Settings kms(NodeConfig config, Map<String, String> environment) {
        return new KmsKeeper.Settings(
                config.text(MixerKeys.SECRETS_KMS_URL),
                config.text(MixerKeys.SECRETS_KMS_REGION),
                config.text(MixerKeys.SECRETS_KMS_KEY),
                file(config, MixerKeys.SECRETS_KMS_CREDENTIALS_FILE),
                environment);
    }

    /** Null where the key is empty. */
    private static Path file(NodeConfig config, String key) {
        return config.text(key).isEmpty() ? null : config.dataPath(key);
    }
}
