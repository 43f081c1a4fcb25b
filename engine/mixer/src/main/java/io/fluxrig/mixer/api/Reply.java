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
        return new Reply(status, PROBLEM, body(status, title, detail).encode());
    }

    /** That another mixer leads, which has to be asked where it is. */
    static Reply elsewhere(String leader, String detail) {
        JsonObject problem = body(503, "Service Unavailable", detail).put("leader", leader);
        return new Reply(503, PROBLEM, problem.encode());
    }

    private static JsonObject body(int status, String title, String detail) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }
}
