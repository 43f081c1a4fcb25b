package io.fluxrig.cli.mixer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Lines that a mixer writes as there is something to tell, each a JSON object or empty. One use; blocks its thread until the end.
 */
final class MixerStream {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI base;
    private final Duration timeout;
    private final Lines lines = new Lines();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    /**
     * @param base the mixer that tells
     * @param timeout for the head of its answer, and for each line of a refusal
     */
    MixerStream(HttpClient http, URI base, Duration timeout) {
        this.http = http;
        this.base = base;
        this.timeout = timeout;
    }

    /**
     * Reads to the end.
     *
     * @param request without a timeout of its own, which from JDK 26 is for the body too
     * @param silence without a line for so long, the mixer's machine may have vanished
     * @param begins is called once the mixer tells
     * @param more takes a line, of an empty one a missing node, and says whether it wants more
     * @throws MixerAway where the mixer is gone, or does not lead any more
     */
    void read(HttpRequest request, Duration silence, Runnable begins, Predicate<JsonNode> more)
            throws InterruptedException {
        BodyHandler<Void> handler = head -> {
            status.complete(head.statusCode());
            return BodySubscribers.fromLineSubscriber(lines, ended -> null, StandardCharsets.UTF_8, null);
        };
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, handler)
                .whenComplete((ended, failure) ->
                        status.completeExceptionally(failure == null ? new EOFException() : failure));
        try {
            int head = status.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (MixerAnswer.isRefusal(head)) {
                MixerAnswer.read(base, head, rest());
            }
            begins.run();
            String line = lines.next(silence);
            while (line != null && more.test(JSON.readTree(line))) {
                line = lines.next(silence);
            }
        } catch (ExecutionException e) {
            throw MixerFailure.gone(base, e.getCause());
        } catch (TimeoutException | IOException e) {
            throw MixerFailure.gone(base, e);
        } finally {
            answer.cancel(true);
        }
    }

    private String rest() throws IOException, InterruptedException {
        StringBuilder rest = new StringBuilder();
        for (String line = lines.next(timeout); line != null; line = lines.next(timeout)) {
            rest.append(line);
        }
        return rest.toString();
    }
}
