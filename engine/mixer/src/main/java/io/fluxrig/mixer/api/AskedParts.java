package io.fluxrig.mixer.api;

import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The parts of a request as they are checked: parameters of the path as the router has found them, each of the query the first of its name,
 * decoded once. What Vert.x takes by itself it decodes twice, reads as JSON where it is some ({@code "ok"}, {@code 1.0}), and looks for in a
 * path that may have {@code ..} in it: a value fits the document then, and another one is used.
 */
final class AskedParts implements RequestExtractor {
    private final RequestExtractor others = RequestExtractor.withBodyHandler();

    @Override
    public Future<ValidatableRequest> extractValidatableRequest(RoutingContext context, Operation operation) {
        return others.extractValidatableRequest(context, operation)
                .map(taken -> new Parts(
                        of(operation, Location.PATH, context::pathParam),
                        of(
                                operation,
                                Location.QUERY,
                                name -> context.queryParams().get(name)),
                        taken));
    }

    private static Map<String, RequestParameter> of(
            Operation operation, Location where, Function<String, String> values) {
        Map<String, RequestParameter> parameters = new HashMap<>();
        for (Parameter each : operation.getParameters()) {
            if (each.getIn() == where) {
                String value = values.apply(each.getName());
                String text = value == null || each.getSchemaType() != SchemaType.STRING ? value : Json.encode(value);
                parameters.put(each.getName(), () -> text);
            }
        }
        return parameters;
    }

    private record Parts(
            Map<String, RequestParameter> path, Map<String, RequestParameter> query, ValidatableRequest others)
            implements ValidatableRequest {
        @Override
        public Map<String, RequestParameter> getPathParameters() {
            return path;
        }

        @Override
        public Map<String, RequestParameter> getQuery() {
            return query;
        }

        @Override
        public Map<String, RequestParameter> getCookies() {
            return others.getCookies();
        }

        @Override
        public Map<String, RequestParameter> getHeaders() {
            return others.getHeaders();
        }

        @Override
        public RequestParameter getBody() {
            return others.getBody();
        }

        @Override
        public String getContentType() {
            return others.getContentType();
        }
    }
}
