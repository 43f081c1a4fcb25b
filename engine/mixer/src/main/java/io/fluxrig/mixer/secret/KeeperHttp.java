package io.fluxrig.mixer.secret;

import io.fluxrig.engine.fault.SocketReason;
import io.fluxrig.transport.bus.PemFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks a key keeper over HTTP: one POST, one answer, within a time and no longer than {@value #ANSWER_MAX} bytes. Follows nobody elsewhere, tries
 * nothing twice. One thread at a time, which waits.
 */
public final class KeeperHttp {
    private static final int ANSWER_MAX = 64 << 10;
    private static final int QUOTED_MAX = 200;

    private final Path authorities;
    private final Duration timeout;
    /** Made at the first request: most mixers never ask. */
    private HttpClient client;

    /**
     * @param authorities certificates (PEM) of whom to believe; null for those that the JVM trusts
     * @param timeout of a request, from connecting to the answer's last byte
     */
    public KeeperHttp(Path authorities, Duration timeout) {
        this.authorities = authorities;
        this.timeout = timeout;
    }

    /** What came back. */
    record Answer(int status, String body) {}

    /**
     * Posts a body.
     *
     * @param who is asked, for errors
     * @throws KeeperException if no answer comes
     */
    Answer post(String who, URI uri, Map<String, String> headers, String body) throws KeeperException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
        headers.forEach(request::header);
        Gathered gathered = new Gathered();
        CompletableFuture<HttpResponse<Void>> asked =
                client().sendAsync(request.build(), BodyHandlers.ofByteArrayConsumer(gathered::take));
        try {
            HttpResponse<Void> answer = asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), gathered.text(who, uri));
        } catch (TimeoutException late) {
            asked.cancel(true);
            throw new KeeperException(
                    who + " at " + shown(uri) + " does not answer within " + timeout.toMillis()
                            + " ms (secrets.timeout); is it there, and may this machine reach it?",
                    late);
        } catch (ExecutionException failed) {
            throw new KeeperException(
                    who + " at " + shown(uri) + " cannot be asked: " + why(failed.getCause()), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KeeperException(who + " was not asked to the end: the mixer stops", stopped);
        }
    }

    /** What somebody else wrote, short and printable, to be quoted in a line for the operator. */
    static String quoted(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
        return plain.length() <= QUOTED_MAX ? plain : plain.substring(0, QUOTED_MAX) + "...";
    }

    private static String why(Throwable failure) {
        if (failure instanceof SSLException) {
            return "TLS comes to nothing (" + quoted(SocketReason.of(failure))
                    + "); whose certificates are believed says secrets.ca_file";
        }
        return failure instanceof java.net.http.HttpTimeoutException
                ? "no answer within secrets.timeout"
                : quoted(SocketReason.of(failure));
    }

    private static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private HttpClient client() throws KeeperException {
        if (client == null) {
            HttpClient.Builder making = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(timeout);
            client = authorities == null
                    ? making.build()
                    : making.sslContext(trusting(authorities)).build();
        }
        return client;
    }

    private static SSLContext trusting(Path file) throws KeeperException {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            List<X509Certificate> certificates = PemFile.certificates(file);
            for (int i = 0; i < certificates.size(); i++) {
                trusted.setCertificateEntry("ca" + i, certificates.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new KeeperException("secrets.ca_file: " + unusable.getMessage(), unusable);
        }
    }

    /** An answer's bytes as they come; those beyond what is allowed are counted and not kept. Threads of the client, one after the other. */
    private static final class Gathered {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long length;

        synchronized void take(Optional<byte[]> some) {
            byte[] more = some.orElse(new byte[0]);
            length += more.length;
            if (length <= ANSWER_MAX) {
                bytes.writeBytes(more);
            }
        }

        synchronized String text(String who, URI uri) throws KeeperException {
            if (length > ANSWER_MAX) {
                throw new KeeperException(who + " at " + shown(uri) + " answers with " + length + " bytes, max="
                        + ANSWER_MAX + "; it is none");
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
