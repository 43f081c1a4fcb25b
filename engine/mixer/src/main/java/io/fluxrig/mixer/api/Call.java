package io.fluxrig.mixer.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
        JsonObject body = context.body() == null || context.body().length() <= 0
                ? new JsonObject()
                : context.body().asJsonObject();
        String whose = context.get(WHOSE, "");
        String where = context.request().remoteAddress().hostAddress();
        return new Call(context, body, "api " + (whose.isEmpty() ? "" : whose + " ") + where);
    }

    /** Whether who asks may only read. */
    boolean reads() {
        return context.get(READS, false);
    }

    /** Whether the connection has ended over which the answer would go; any thread. */
    boolean isGone() {
        return context.response().closed();
    }

    String path(String name) {
        return context.pathParam(name);
    }

    String query(String name, String otherwise) {
        String value = context.request().getParam(name);
        return value == null ? otherwise : value;
    }

    long number(String name, long otherwise) {
        // as it was checked: 1e2 is a number too
        ValidatedRequest checked = context.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
        RequestParameter value = checked.getQuery().get(name);
        return value == null || !value.isNumber() ? otherwise : value.getLong();
    }

    int limit() {
        return (int) number("limit", LIMIT_DEFAULT);
    }

    List<String> names(String key) {
        JsonArray list = body.getJsonArray(key, new JsonArray());
        return list.stream().map(Object::toString).distinct().toList();
    }
}
