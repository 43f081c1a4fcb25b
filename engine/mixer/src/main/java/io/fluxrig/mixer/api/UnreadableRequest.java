package io.fluxrig.mixer.api;

import io.fluxrig.engine.rack.window.ApiConnections;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** What is no HTTP, or too long for it: refused in the words of all other refusals, and the connection with it. On the API's event loop. */
final class UnreadableRequest {
    private UnreadableRequest() {}

    static void refuse(HttpServerRequest request, ApiConnections connections) {
        Reply reply = reply(request.decoderResult().cause());
        HttpServerResponse response = request.response()
                .setStatusCode(reply.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, reply.type())
                .putHeader(HttpHeaders.CONNECTION, "close");
        connections.closeAnswered(request, response.end(reply.body()));
    }

    private static Reply reply(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Reply.problem(414, "URI Too Long", "the first line of the request is too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Reply.problem(431, "Request Header Fields Too Large", "the headers of the request are too long");
        }
        return Reply.problem(
                400,
                "Bad Request",
                "this is no HTTP that is understood here: a header may have broken into lines, such as one with several"
                        + " tokens of a file instead of one");
    }
}
