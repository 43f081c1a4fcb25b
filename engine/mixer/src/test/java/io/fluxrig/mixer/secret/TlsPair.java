package io.fluxrig.mixer.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate for 127.0.0.1 and a server's end with it, made by the JDK's keytool.
 *
 * @param certificate PEM
 */
record TlsPair(Path certificate, SSLContext context) {
    private static final String PASSWORD = "changeit";

    static TlsPair make(Path folder, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        String command = Path.of(System.getProperty("java.home"), "bin", "keytool")
                + " -genkeypair -keyalg EC -validity 2 -storetype PKCS12 -storepass " + PASSWORD + " -alias " + name
                + " -dname CN=" + name + " -ext san=ip:127.0.0.1 -keystore " + store;
        assertThat(new ProcessBuilder(command.split(" ", -1))
                        .inheritIO()
                        .start()
                        .waitFor())
                .as("keytool")
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        String body =
                Base64.getMimeEncoder().encodeToString(keys.getCertificate(name).getEncoded());
        return new TlsPair(
                Files.writeString(
                        folder.resolve(name + ".crt"),
                        "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n"),
                context);
    }
}
