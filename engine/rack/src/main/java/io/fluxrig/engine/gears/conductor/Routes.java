package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gears.conductor.config.ConductorConfig.Condition;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig.Route;
import io.fluxrig.engine.gears.conductor.field.NamedPaths;
import io.fluxrig.engine.gears.conductor.route.RouteTable;
import io.fluxrig.engine.gears.conductor.route.TreeWalk;
import io.fluxrig.engine.gears.conductor.route.ValueMatch;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import java.util.ArrayList;
import java.util.List;

/** One strip's routes, ready to pick from: which takes a request, and whom it may be sent to. Strip thread only. */
final class Routes implements RouteTable.Values {
    /** As {@link RouteTable#NO_ROUTE}. */
    static final int NO_ROUTE = RouteTable.NO_ROUTE;

    private final List<Route> routes;
    private final RouteTable table;
    private final TreeWalk[] walks;
    private final NamedPaths[] sources;
    private IsoPayload request;

    Routes(ConductorShared shared) {
        routes = shared.config().routes();
        table = new RouteTable(routes.stream()
                .map(route -> route.conditions().stream()
                        .map(condition -> new RouteTable.Condition(condition.fields(), match(condition, shared)))
                        .toList())
                .toList());
        walks = routes.stream()
                .map(route -> TreeWalk.of(route.destination(), shared.destinations()::indexOf))
                .toArray(TreeWalk[]::new);
        sources = table.sources().stream().map(NamedPaths::new).toArray(NamedPaths[]::new);
    }

    /** The route that takes the request, or {@link #NO_ROUTE}. */
    int select(IsoPayload payload) {
        request = payload;
        int route = table.select(this);
        request = null;
        return route;
    }

    Route route(int index) {
        return routes.get(index);
    }

    TreeWalk walk(int route) {
        return walks[route];
    }

    @Override
    public int read(int source, byte[] into) {
        IsoMessage message = request.message();
        for (FieldPath path : sources[source].of(request.spec())) {
            int length = path == null ? IsoMessage.ABSENT : message.length(path);
            if (length >= 0 && length <= RouteTable.VALUE_LENGTH_MAX) {
                return message.copyTo(path, into, 0);
            }
        }
        return IsoMessage.ABSENT;
    }

    private static ValueMatch match(Condition condition, ConductorShared shared) {
        if (!condition.prefixes().isEmpty()) {
            return ValueMatch.Prefix.of(condition.prefixes());
        }
        if (!condition.ranges().isEmpty()) {
            List<ValueMatch> ranges = new ArrayList<>();
            condition.ranges().forEach(range -> ranges.add(ValueMatch.Range.parse(range)));
            return new ValueMatch.AnyOf(ranges.toArray(ValueMatch[]::new));
        }
        if (!condition.set().isEmpty()) {
            return ValueMatch.OneOf.of(condition.set());
        }
        return condition.regex().isEmpty()
                ? ValueMatch.InTable.of(shared.table(condition.table()), condition.tableValues())
                : ValueMatch.Regex.of(condition.regex());
    }
}
