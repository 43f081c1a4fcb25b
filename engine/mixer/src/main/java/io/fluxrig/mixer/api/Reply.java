package io.fluxrig.mixer.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param type of the body
 */
record Reply(int status, String type, String body) {
    private static final int FAULTS_MAX = 100;
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    /** Nothing is to be sent: somebody answers by and by. */
    static final Reply BEGUN = new Reply(200, "", "");

    boolean isBegun() {
        return type.isEmpty();
    }

    static Reply ok(JsonObject body) {
        return new Reply(200, JSON, body.encode());
    }

    /** @param ok whether what was asked for was done */
    static Reply done(boolean ok, String text) {
        return ok(new JsonObject().put("ok", ok).put("text", text));
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

    /** That something reads well and means nothing that can be used; each fault by itself, at most {@value #FAULTS_MAX}. */
    static Reply unprocessable(String detail, List<String> faults) {
        JsonArray errors = new JsonArray();
        faults.stream().limit(FAULTS_MAX).forEach(each -> errors.add(new JsonObject().put("detail", each)));
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", "Unprocessable Content")
                .put("status", 422)
                .put("detail", detail)
                .put("errors", errors);
        return new Reply(422, PROBLEM, problem.encode());
    }
}
