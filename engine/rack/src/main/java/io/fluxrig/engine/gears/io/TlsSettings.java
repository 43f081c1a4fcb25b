package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * TLS of one gear: the JDK's provider, TLS 1.3 and 1.2. A client checks the peer's certificate and its name. A peer that asks for
 * another handshake on a connection (renegotiation, which TLS 1.2 still has) is closed: each costs the strip a private key's
 * operation, and payment terminals have no use for it.
 *
 * @param context immutable, shared by strips
 * @param serverName the name that a client demands of the peer's certificate, null for the host it dials
 */
record TlsSettings(SslContext context, String serverName) {
    /** The JDK reads it once, when it meets the first handshake as a server; it has no way to say so for one context. */
    private static final String REFUSE_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    static {
        if (System.getProperty(REFUSE_RENEGOTIATION) == null) {
            System.setProperty(REFUSE_RENEGOTIATION, "true");
        }
    }

    /** Reads the {@code tls} section; null if TLS is off or something is wrong with it. */
    static TlsSettings read(GearConfig tls, boolean server, ConfigFaults faults) {
        if (!tls.flag("enabled")) {
            return null;
        }
        Path cert = file(tls, "cert_file", server, faults);
        Path key = file(tls, "key_file", server || tls.has("cert_file"), faults);
        String auth = tls.text("client_auth");
        if (!server && !"none".equals(auth)) {
            faults.error(
                    "tls.client_auth",
                    "is what a server demands of those who connect, and a client listens nowhere",
                    "remove it; a client shows what cert_file and key_file name if it is asked");
        }
        Path ca = file(tls, "ca_file", server && !"none".equals(auth), faults);
        if (server && (cert == null || key == null)) {
            return null;
        }
        if (cert != null && key != null && KeyPairFiles.mismatch(cert, key)) {
            faults.error(
                    "tls.key_file",
                    "the key does not belong to the certificate in cert_file",
                    "name the key that the certificate was asked for with; its own certificate stands first in cert_file");
            return null;
        }
        try {
            SslContextBuilder builder = server
                    ? SslContextBuilder.forServer(cert.toFile(), key.toFile())
                            .clientAuth(
                                    switch (auth) {
                                        case "required" -> ClientAuth.REQUIRE;
                                        case "optional" -> ClientAuth.OPTIONAL;
                                        default -> ClientAuth.NONE;
                                    })
                    : SslContextBuilder.forClient();
            if (!server && cert != null && key != null) {
                builder.keyManager(cert.toFile(), key.toFile());
            }
            if (ca != null) {
                builder.trustManager(ca.toFile());
            }
            SslContext context = builder.sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
            return new TlsSettings(context, tls.has("server_name") ? tls.text("server_name") : null);
        } catch (SSLException | IllegalArgumentException unusable) {
            faults.error(
                    "tls.cert_file",
                    "certificate, key and CA do not make a TLS context: " + unusable.getMessage(),
                    "use PEM files, the key as unencrypted PKCS#8");
            return null;
        }
    }

    private static Path file(GearConfig tls, String key, boolean required, ConfigFaults faults) {
        if (!tls.has(key) || tls.text(key).isEmpty()) {
            if (required) {
                faults.error("tls." + key, "is missing", "name a PEM file, or set tls.enabled: false");
            }
            return null;
        }
        Path file = tls.file(key);
        if (FileReason.unreadable(file) != null) {
            faults.error(
                    "tls." + key,
                    "cannot read " + file + FileReason.unreadableNote(file),
                    "name a PEM file; " + FileReason.unreadableFix(file));
            return null;
        }
        return file;
    }
}
