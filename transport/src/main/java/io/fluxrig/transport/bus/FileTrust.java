package io.fluxrig.transport.bus;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes servers whose certificate somebody in a file has signed, as the file is at the time of the handshake. The NATS client asks
 * for no name to be checked, and for no version of TLS: both is done here. Any thread.
 */
final class FileTrust extends X509ExtendedTrustManager {
    private final Path authorities;
    private final boolean besideTheJvms;

    /**
     * @param authorities null for those that the JVM trusts
     * @param besideTheJvms whether the JVM's are believed too
     */
    FileTrust(Path authorities, boolean besideTheJvms) {
        this.authorities = authorities;
        this.besideTheJvms = besideTheJvms;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!(socket instanceof SSLSocket tls)) {
            throw new CertificateException("a server is believed over TLS only");
        }
        checkVersion(tls.getHandshakeSession());
        tls.setSSLParameters(named(tls.getSSLParameters()));
        delegate().checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkVersion(engine.getHandshakeSession());
        engine.setSSLParameters(named(engine.getSSLParameters()));
        delegate().checkServerTrusted(chain, authType, engine);
    }

    /** Without a connection nobody can tell whose name is asked for. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server is believed on a connection only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this end serves nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    /** Of use to servers only, which this end is none. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        try {
            return delegate().getAcceptedIssuers();
        } catch (CertificateException nobody) {
            return new X509Certificate[0];
        }
    }

    private static void checkVersion(SSLSession session) throws CertificateException {
        if (!TlsFiles.VERSION.equals(session.getProtocol())) {
            throw new CertificateException(TlsTrouble.OLD_VERSION);
        }
    }

    private static SSLParameters named(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    private X509ExtendedTrustManager delegate() throws CertificateException {
        try {
            return trusting(authorities == null ? null : anchors());
        } catch (GeneralSecurityException | IOException unusable) {
            throw new CertificateException("nobody is trusted: " + unusable.getMessage(), unusable);
        }
    }

    /** @param anchors null for the JVM's */
    private static X509ExtendedTrustManager trusting(KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new IllegalStateException("every JDK checks certificates");
    }

    /** A file may hold what is shown and who signed it: who signs is trusted. One that holds no such certificate is taken by its word. */
    private KeyStore anchors() throws GeneralSecurityException, IOException {
        List<X509Certificate> all = PemFile.certificates(authorities);
        List<X509Certificate> signers =
                all.stream().filter(each -> each.getBasicConstraints() >= 0).toList();
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate each : signers.isEmpty() ? all : signers) {
            store.setCertificateEntry("signer-" + store.size(), each);
        }
        if (besideTheJvms) {
            for (X509Certificate each : trusting(null).getAcceptedIssuers()) {
                store.setCertificateEntry("signer-" + store.size(), each);
            }
        }
        return store;
    }
}
