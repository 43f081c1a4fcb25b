package io.fluxrig.transport.bus;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Whom one end of a TLS connection trusts and what it shows, in PEM files. They are read for each handshake: what was renewed counts
 * from the next connection on. Several may be the same file.
 *
 * @param authorities certificates of those who sign the server's; null for those that the JVM trusts
 * @param certificate what this end shows, with those that signed it behind it; null for nothing
 * @param key of the certificate, PKCS#8; null with it
 */
public record TlsFiles(Path authorities, Path certificate, Path key) {
    /** The only version that is spoken. */
    static final String VERSION = "TLSv1.3";

    public TlsFiles {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("certificate and key go together");
        }
    }

    /** What connections are made with; a server is only believed under the name by which it was called, and with TLS 1.3. */
    public SSLContext context() {
        return context(false);
    }

    /** As {@link #context}, where whom the JVM trusts is believed beside those in the file. */
    public SSLContext contextBesideTheJvms() {
        return context(true);
    }

    private SSLContext context(boolean besideTheJvms) {
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            KeyManager[] shown = {new FileKeys(this)};
            TrustManager[] trusted = {new FileTrust(authorities, besideTheJvms)};
            context.init(shown, trusted, null);
            return context;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK since 11 has " + VERSION, absent);
        }
    }
}
