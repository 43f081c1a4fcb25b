package io.fluxrig.mixer.api;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RequestBody;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.List;

/**
 * A request that fits the document: what its path, query and body say.
 *
 * @param body empty if there is none
 * @param who asks, for the audit log: the name of the token, if there is one, and the address
 */
record Call(RoutingContext context, JsonObject body, String who) {
    /** Under which a request has the name of its token. */
    static final String WHOSE = "fluxrig.whose";

    /** Under which a request has whether its token is for reading alone. */
    static final String READS = "fluxrig.reads";

    private static final int LIMIT_DEFAULT = 100;

    static Call of(RoutingContext context) {
        JsonObject body = body(context.body());
        String whose = context.get(WHOSE, "");
        String where = context.request().remoteAddress().hostAddress();
        return new Call(context, body, "api " + (whose.isEmpty() ? "" : whose + " ") + where);
    }

    /** Checked already where the operation takes one. */
    private static JsonObject body(RequestBody given) {
        if (given == null || given.length() <= 0) {
            return new JsonObject();
        }
        if (Json.decodeValue(given.buffer()) instanceof JsonObject body) {
            return body;
        }
        throw new DecodeException("a body that is no JSON object");
    }

    /** Whether who asks may only read. */
    boolean reads() {
        return context.get(READS, false);
    }

    /** Whether the connection has ended over which the answer would go; any thread. */
    boolean isGone() {
        return context.response().closed();
    }

    /** As it was checked, as all that is asked for below. */
    String path(String name) {
        return checked().getPathParameters().get(name).getString();
    }

    String query(String name, String otherwise) {
        RequestParameter value = checked().getQuery().get(name);
        return value == null || !value.isString() ? otherwise : value.getString();
    }

    long number(String name, long otherwise) {
        // 1e2 is a number too
        RequestParameter value = checked().getQuery().get(name);
        return value == null || !value.isNumber() ? otherwise : value.getLong();
    }

    private ValidatedRequest checked() {
        return context.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
    }

    int limit() {
        return (int) number("limit", LIMIT_DEFAULT);
    }

    List<String> names(String key) {
        JsonArray list = body.getJsonArray(key, new JsonArray());
        return list.stream().map(Object::toString).distinct().toList();
    }
}
