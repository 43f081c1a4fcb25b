package io.fluxrig.mixer.api;

import io.vertx.core.json.JsonObject;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param type of the body
 */
record Reply(int status, String type, String body) {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    static Reply ok(JsonObject body) {
        return new Reply(200, JSON, body.encode());
    }

    static Reply accepted(JsonObject body) {
        return new Reply(202, JSON, body.encode());
    }

    /** An error as RFC 9457 has it. */
    static Reply problem(int status, String title, String detail) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        return new Reply(status, PROBLEM, problem.encode());
    }
}
