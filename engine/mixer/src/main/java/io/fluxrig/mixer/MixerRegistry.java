package io.fluxrig.mixer;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.Artefacts;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.config.RegistryUrl;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.PgRegistry;
import io.fluxrig.mixer.registry.PgSettings;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryCopy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * The registry that the configuration names, and the artefacts with it: files of this mixer's own, or a database that it shares.
 *
 * @param registry to be closed by whoever opened it
 * @param own what is to be given to those who share the database; null where nobody does
 */
record MixerRegistry(Registry registry, Artefacts artefacts, OwnArtefacts own) {
    private static final long NS_PER_MS = 1_000_000;

    /**
     * Opens it.
     *
     * @throws PassportException if a file that belongs to it cannot be used; the text is for the operator
     */
    static MixerRegistry open(NodeConfig config, InstantSource clock) throws PassportException {
        ArtefactStore files = new ArtefactStore(config.artefacts(), clock);
        if (!isShared(config)) {
            return new MixerRegistry(DuckRegistry.open(file(config)), files, null);
        }
        PgRegistry shared = PgRegistry.open(settings(config), clock);
        return new MixerRegistry(shared.registry(), shared.artefacts(), new OwnArtefacts(files, shared.artefacts()));
    }

    /**
     * Copies the registry of this mixer's own file into the database; rows by table. Artefacts of its own are given there once it leads.
     *
     * @throws PassportException as {@link #open}
     */
    static Map<String, Long> copy(NodeConfig config) throws PassportException {
        return RegistryCopy.copy(file(config), settings(config));
    }

    private static Path file(NodeConfig config) {
        return Path.of(config.text(NodeKeys.BASE_DATA_DIR)).resolve("registry.duckdb");
    }

    /** Whether the artefacts lie in the registry's database. */
    boolean hasArtefacts() {
        return own != null;
    }

    /** Whether other mixers may have the same. */
    static boolean isShared(NodeConfig config) {
        return !config.text(MixerKeys.REGISTRY_URL).isEmpty();
    }

    private static PgSettings settings(NodeConfig config) throws PassportException {
        return new PgSettings(
                RegistryUrl.parse(config.text(MixerKeys.REGISTRY_URL)).orElseThrow(),
                password(config),
                !config.text(MixerKeys.REGISTRY_TLS).equals(MixerKeys.TLS_OFF),
                authorities(config),
                config.durationNs(MixerKeys.REGISTRY_TIMEOUT) / NS_PER_MS);
    }

    private static String password(NodeConfig config) throws PassportException {
        if (config.text(MixerKeys.REGISTRY_PASSWORD_FILE).isEmpty()) {
            return null;
        }
        Path file = config.dataPath(MixerKeys.REGISTRY_PASSWORD_FILE);
        byte[] kept = OwnFile.read(file);
        if (kept == null) {
            throw new PassportException(
                    file + " is not there (registry.password_file): put the password in it, chmod 600");
        }
        return new String(kept, StandardCharsets.UTF_8).strip();
    }

    private static Path authorities(NodeConfig config) throws PassportException {
        if (config.text(MixerKeys.REGISTRY_CA_FILE).isEmpty()) {
            return null;
        }
        Path file = config.dataPath(MixerKeys.REGISTRY_CA_FILE);
        if (!Files.isReadable(file)) {
            throw new PassportException(file + " cannot be read (registry.ca_file)");
        }
        return file;
    }
}
