package io.fluxrig.transport.bus;

import java.io.IOException;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the certificate that a file holds at the time of the handshake, whoever asks for one. Any thread. */
final class FileKeys extends X509ExtendedKeyManager {
    private static final Logger LOG = LoggerFactory.getLogger(ControlBus.class);
    private static final String ONLY = "only";

    private final TlsFiles files;

    FileKeys(TlsFiles files) {
        this.files = files;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return files.certificate() == null ? null : ONLY;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return chooseClientAlias(keyTypes, issuers, null);
    }

    /** Null, which is nothing, where the file cannot be used: the server says that it wants one, and the log says why there is none. */
    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        try {
            return PemFile.certificates(files.certificate()).toArray(new X509Certificate[0]);
        } catch (IOException unusable) {
            LOG.warn("no certificate is shown to the server: {}", unusable.getMessage());
            return null;
        }
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        try {
            String algorithm = PemFile.certificates(files.certificate())
                    .get(0)
                    .getPublicKey()
                    .getAlgorithm();
            return PemFile.key(files.key(), algorithm);
        } catch (IOException unusable) {
            LOG.warn("no certificate is shown to the server: {}", unusable.getMessage());
            return null;
        }
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return files.certificate() == null ? null : new String[] {ONLY};
    }

    /** This end serves nobody. */
    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
