package io.fluxrig.engine.gears.io;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/**
 * Why TLS did not come about, in words that name the key to look at. Exceptions of the TLS stack are never quoted: one of them
 * spells what the peer sent.
 */
final class TlsReason {
    /** Causes are looked at so deep. */
    private static final int CAUSES_MAX = 8;

    private TlsReason() {}

    static String of(Throwable failure) {
        Throwable cause = failure;
        String alert = null;
        for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
            String words = words(cause);
            if (words != null) {
                return words;
            }
            alert = alert == null ? alert(cause.getMessage()) : alert;
            cause = cause.getCause();
        }
        return alert == null ? "" : alert;
    }

    private static String words(Throwable cause) {
        if (cause instanceof NotSslRecordException) {
            return "the peer does not speak TLS; have it use TLS, or set tls.enabled: false";
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return "the peer answered no handshake in time; see that it speaks TLS, or set tls.enabled: false";
        }
        if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
            return "the peer's certificate is not valid today; have it renewed, or set this machine's clock";
        }
        if (cause instanceof CertPathValidatorException
                || cause.getClass().getName().endsWith("SunCertPathBuilderException")) {
            return "nobody in tls.ca_file has signed the peer's certificate; put its CA there";
        }
        if (cause instanceof CertificateException
                && cause.getMessage() != null
                && cause.getMessage().contains("subject alternative")) {
            return "the peer's certificate is for another name; set tls.server_name";
        }
        return null;
    }

    private static String alert(String message) {
        if (message == null) {
            return null;
        }
        if (message.contains("Empty client certificate chain") || message.contains("Empty server certificate chain")) {
            return "the peer shows no certificate, and tls.client_auth demands one";
        }
        if (message.contains("no cipher suites in common") || message.contains("protocol")) {
            return "the two have no TLS version or cipher in common; the peer needs TLS 1.2 or 1.3";
        }
        boolean alert = message.contains("fatal alert");
        return alert
                ? "the peer refused the handshake; see that it trusts tls.cert_file, and whether it demands a certificate of ours"
                : null;
    }
}
