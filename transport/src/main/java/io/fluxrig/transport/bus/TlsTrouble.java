package io.fluxrig.transport.bus;

import java.io.EOFException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Why TLS with a NATS server did not come about, in words that say what to do. The client tells what went wrong to its error listener,
 * and only that to who wanted to connect: so it is noted here. Any thread.
 */
public final class TlsTrouble {
    /** A certificate of a server that speaks an older TLS is refused with this. */
    static final String OLD_VERSION = "the server speaks TLS 1.2 or older; give it one that speaks TLS 1.3";

    static final String HUNG_UP =
            "the server wants a certificate, or does not take this node's: it has expired, is of another"
                    + " authority, or there is none; copy the mixer's authority/join.pem to snake.join_file, or renew what is in"
                    + " snake.tls_cert_file";

    private static final int CAUSES_MAX = 8;
    private static final String JOIN = "copy the mixer's authority/join.pem to snake.join_file";

    private volatile String last = "";

    /** Remembers what went wrong, if it was TLS. */
    public void note(Throwable failure) {
        String words = of(failure);
        if (!words.isEmpty()) {
            last = words;
        }
    }

    /**
     * What of a failed attempt to connect was about TLS, in words; empty if nothing was. May ask the servers: blocks some seconds at
     * most.
     *
     * @param tls null without TLS
     */
    public String take(Throwable failure, List<String> urls, TlsFiles tls) {
        String noted = take(failure);
        return noted.isEmpty() && tls != null ? TlsProbe.ask(urls, tls) : noted;
    }

    /** The same, and no server is asked. */
    String take(Throwable failure) {
        String noted = last.isEmpty() ? of(failure) : last;
        last = "";
        return noted;
    }

    /** The failure in words, empty if it has nothing to do with TLS. Nothing is quoted that the server wrote. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        String found = "";
        for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
            String words = words(cause);
            found = words.isEmpty() ? found : words;
            cause = cause.getCause();
        }
        return found;
    }

    private static String words(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains(OLD_VERSION)) {
            return OLD_VERSION;
        }
        if (message.startsWith("nobody is trusted: ")) {
            return message + "; " + JOIN + ", or set snake.tls_ca_file";
        }
        if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
            return "the server's certificate is not valid today; start its mixer, which renews it, or set this machine's"
                    + " clock";
        }
        if (cause instanceof CertPathValidatorException || cause instanceof CertPathBuilderException) {
            return "nobody whom this node trusts has signed the server's certificate; " + JOIN
                    + ", or set snake.tls_ca_file";
        }
        if (message.contains("subject alternative") || message.contains("No name matching")) {
            return "the server's certificate is for other names than the one in snake.url; write one that it is for, or"
                    + " add this one to mixer.names on the mixer";
        }
        if (message.contains("SSL required by server")) {
            return "the server wants TLS; write tls:// in snake.url, and " + JOIN;
        }
        if (message.contains("SSL connection wanted by client")) {
            return "the server speaks no TLS; write nats:// in snake.url if that is meant";
        }
        return cause instanceof SSLException || cause instanceof EOFException ? alert(message) : "";
    }

    private static String alert(String message) {
        if (message.contains("certificate") || message.contains("unknown_ca")) {
            return HUNG_UP;
        }
        if (message.contains("decrypt_error")) {
            return "this node's certificate and its key do not go together; put back both, or have a new one issued";
        }
        if (message.contains("protocol_version") || message.contains("handshake_failure")) {
            return "the server and this node have no version of TLS in common; TLS 1.3 is needed";
        }
        return "";
    }
}
