package io.fluxrig.cli.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks for an answer with its body: a request's own timeout ends with the headers before JDK 26, and who sends nothing more after them
 * would be waited for for ever. Static and stateless.
 */
public final class WholeAnswer {
    private WholeAnswer() {}

    /**
     * Blocks until the whole answer is there.
     *
     * @throws HttpTimeoutException if it is not in time
     * @throws IOException if nobody answers, or the answer breaks off
     */
    public static HttpResponse<String> of(HttpClient client, HttpRequest request, Duration timeout)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> asked = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("no whole answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException itself ? itself : new IOException(failed.getCause());
        } finally {
            asked.cancel(true);
        }
    }
}
