package io.fluxrig.engine.rack.node;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.transport.bus.PemFile;
import io.fluxrig.transport.bus.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;

/** What a node's configuration says of TLS with NATS servers. Mixers and racks have the same keys. */
public final class NodeTls {
    private NodeTls() {}

    /** Whether one of its addresses wants TLS; the client then speaks it with all of them. */
    public static boolean wanted(NodeConfig config) {
        return config.text(NodeKeys.SNAKE_URL).contains("tls://");
    }

    /** The files that are configured; null where no address wants TLS. */
    public static TlsFiles of(NodeConfig config) {
        return wanted(config)
                ? new TlsFiles(
                        file(config, NodeKeys.SNAKE_TLS_CA_FILE),
                        file(config, NodeKeys.SNAKE_TLS_CERT_FILE),
                        file(config, NodeKeys.SNAKE_TLS_KEY_FILE))
                : null;
    }

    /** The file that a key names, null if it names none. */
    public static Path file(NodeConfig config, String key) {
        return config.text(key).isEmpty() ? null : config.dataPath(key);
    }

    /** Looks whether the files that are configured can be used, and go together. */
    public static void check(NodeConfig config, Faults faults) {
        Path ca = file(config, NodeKeys.SNAKE_TLS_CA_FILE);
        Path certificate = file(config, NodeKeys.SNAKE_TLS_CERT_FILE);
        Path key = file(config, NodeKeys.SNAKE_TLS_KEY_FILE);
        if ((certificate == null) != (key == null)) {
            String missing = key == null ? NodeKeys.SNAKE_TLS_KEY_FILE : NodeKeys.SNAKE_TLS_CERT_FILE;
            faults.error(
                    place(config, missing),
                    missing,
                    "a certificate and its key go together, and this one is not set",
                    "set both snake.tls_cert_file and snake.tls_key_file, or neither");
        }
        if (ca != null) {
            attempt(config, NodeKeys.SNAKE_TLS_CA_FILE, faults, () -> PemFile.certificates(ca));
        }
        if (certificate != null && key != null) {
            attempt(config, NodeKeys.SNAKE_TLS_CERT_FILE, faults, () -> {
                String algorithm =
                        PemFile.certificates(certificate).get(0).getPublicKey().getAlgorithm();
                PemFile.key(key, algorithm);
            });
        }
    }

    private interface Reading {
        void read() throws IOException;
    }

    private static void attempt(NodeConfig config, String key, Faults faults, Reading reading) {
        try {
            reading.read();
        } catch (IOException unusable) {
            faults.error(
                    place(config, key),
                    key,
                    unusable.getMessage(),
                    "name PEM files that this user may read; relative names are looked for in base.data_dir");
        }
    }

    private static Place place(NodeConfig config, String key) {
        return config.setting(key).place();
    }
}
