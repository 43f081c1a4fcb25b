package io.fluxrig.cli.mixer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.cli.console.CommandFailure;
import java.net.URI;

/** What a mixer answers, as JSON, or as the end of the command where it is a refusal. Static and stateless. */
final class MixerAnswer {
    private static final int REFUSED_FROM = 300;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_FAILED = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private MixerAnswer() {}

    /** Whether an answer of that status is none that was asked for. */
    static boolean isRefusal(int status) {
        return status >= REFUSED_FROM;
    }

    /**
     * The body of an answer.
     *
     * @param base who answered
     * @throws TokenRefused if the token may not do that
     * @throws NotThere if there is no such thing
     * @throws MixerAway if no mixer leads, or it could not do it now
     * @throws CommandFailure in the mixer's words, if it refuses
     */
    static JsonNode read(URI base, int status, String body) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JsonProcessingException noJson) {
            throw CommandFailure.failed("what answers at " + base + " is no mixer (status " + status + ")");
        }
        if (status == UNAUTHORIZED) {
            throw new TokenRefused("the mixer at " + base + " does not take this API token; name the file that"
                    + " its first lines show, or a copy, with --token-file");
        }
        if (isRefusal(status)) {
            throw refusal(status, told(base, status, answer));
        }
        return answer;
    }

    private static String told(URI base, int status, JsonNode problem) {
        StringBuilder detail = new StringBuilder(problem.path("detail").asText());
        problem.path("errors")
                .forEach(
                        each -> detail.append("\n  ").append(each.path("detail").asText()));
        return detail.isEmpty() ? base + " answers " + status : detail.toString();
    }

    private static CommandFailure refusal(int status, String text) {
        if (status == FORBIDDEN) {
            return new TokenRefused(text);
        }
        if (status == NOT_FOUND) {
            return new NotThere(text);
        }
        return status >= SERVER_FAILED ? new MixerAway(text) : CommandFailure.failed(text);
    }
}
