package io.fluxrig.mixer.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A key and its self-signed certificate, made for a test by the JDK's keytool.
 *
 * @param certFile PEM
 * @param keyFile PKCS#8 PEM
 */
record TestCertificate(Path certFile, Path keyFile) {
    private static final String PASSWORD = "changeit";

    /** @param san what the certificate is for, such as {@code ip:127.0.0.1} */
    static TestCertificate make(Path folder, String name, String san) throws Exception {
        Path store = folder.resolve(name + ".p12");
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String command = program + " -genkeypair -keyalg EC -validity 2 -storetype PKCS12 -storepass " + PASSWORD
                + " -alias " + name + " -dname CN=" + name + " -ext san=" + san + " -keystore " + store;
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
        byte[] certificate = keys.getCertificate(name).getEncoded();
        byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
        return new TestCertificate(
                pem(folder.resolve(name + ".crt"), "CERTIFICATE", certificate),
                pem(folder.resolve(name + ".key"), "PRIVATE KEY", key));
    }

    private static Path pem(Path file, String what, byte[] bytes) throws Exception {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }
}
