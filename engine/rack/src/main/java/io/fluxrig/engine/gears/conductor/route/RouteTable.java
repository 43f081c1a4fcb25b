package io.fluxrig.engine.gears.conductor.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Picks the route of a request: the first, in the scenario's order, whose conditions all hold.
 *
 * <p>A value is read once for each request however many routes look at it, and a table is searched once for each value.
 * Values read are wiped before {@link #select} returns or throws. One for each strip, strip thread only; allocates nothing.
 */
public final class RouteTable {
    /** No route's conditions hold. */
    public static final int NO_ROUTE = -1;
    /** The longest value a condition sees; a longer one counts as absent. */
    public static final int VALUE_LENGTH_MAX = 1024;

    private static final int UNREAD = -2;
    private static final int ABSENT = -1;
    private static final int UNSOUGHT = -2;

    /** Where values come from: a decoded request. */
    @FunctionalInterface
    public interface Values {
        /**
         * @param source index into {@link #sources()}
         * @param into takes up to {@link #VALUE_LENGTH_MAX} bytes
         * @return the length, negative if the request has no such value
         */
        int read(int source, byte[] into);
    }

    /**
     * A condition on the first of several fields that is there.
     *
     * @param fields field paths or aliases in order of preference
     */
    public record Condition(List<String> fields, ValueMatch match) {}

    private record Compiled(int source, int search, ValueMatch match) {}

    private final List<List<String>> sources = new ArrayList<>();
    private final Compiled[][] routes;
    private final byte[][] values;
    private final int[] lengths;
    private final List<BinTable> searchTables = new ArrayList<>();
    private final List<Integer> searchSources = new ArrayList<>();
    private final int[] found;

    /** @param routes the conditions of each route, in order; a route without conditions takes everything */
    public RouteTable(List<List<Condition>> routes) {
        this.routes = new Compiled[routes.size()][];
        for (int i = 0; i < this.routes.length; i++) {
            this.routes[i] = routes.get(i).stream().map(this::compile).toArray(Compiled[]::new);
        }
        this.values = new byte[sources.size()][VALUE_LENGTH_MAX];
        this.lengths = new int[sources.size()];
        this.found = new int[searchTables.size()];
    }

    /** The distinct lists of fields that conditions look at. */
    public List<List<String>> sources() {
        return List.copyOf(sources);
    }

    public int size() {
        return routes.length;
    }

    /** Index of the first route whose conditions all hold, or {@link #NO_ROUTE}. */
    public int select(Values from) {
        Arrays.fill(lengths, UNREAD);
        Arrays.fill(found, UNSOUGHT);
        try {
            for (int i = 0; i < routes.length; i++) {
                if (holds(routes[i], from)) {
                    return i;
                }
            }
            return NO_ROUTE;
        } finally {
            wipe();
        }
    }

    private boolean holds(Compiled[] conditions, Values from) {
        for (Compiled condition : conditions) {
            int source = condition.source();
            if (lengths[source] == UNREAD) {
                lengths[source] = VALUE_LENGTH_MAX; // all of it is wiped if reading it fails
                lengths[source] = Math.max(ABSENT, from.read(source, values[source]));
            }
            if (lengths[source] == ABSENT || !holds(condition)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(Compiled condition) {
        int source = condition.source();
        if (!(condition.match() instanceof ValueMatch.InTable inTable)) {
            return condition.match().matches(values[source], lengths[source]);
        }
        int search = condition.search();
        if (found[search] == UNSOUGHT) {
            found[search] = inTable.table().find(values[source], 0, lengths[source]);
        }
        return inTable.matchesFound(found[search]);
    }

    private void wipe() {
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > 0) {
                Arrays.fill(values[i], 0, lengths[i], (byte) 0);
            }
        }
    }

    private Compiled compile(Condition condition) {
        int source = sources.indexOf(condition.fields());
        if (source < 0) {
            source = sources.size();
            sources.add(List.copyOf(condition.fields()));
        }
        int search = condition.match() instanceof ValueMatch.InTable inTable ? search(inTable.table(), source) : -1;
        return new Compiled(source, search, condition.match());
    }

    private int search(BinTable table, int source) {
        for (int i = 0; i < searchTables.size(); i++) {
            if (searchTables.get(i) == table && searchSources.get(i) == source) {
                return i;
            }
        }
        searchTables.add(table);
        searchSources.add(source);
        return searchTables.size() - 1;
    }
}
