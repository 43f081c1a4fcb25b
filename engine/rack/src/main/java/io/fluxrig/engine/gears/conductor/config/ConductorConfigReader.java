package io.fluxrig.engine.gears.conductor.config;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig.Condition;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig.Route;
import io.fluxrig.engine.gears.conductor.correlation.Confirmation;
import io.fluxrig.engine.gears.conductor.correlation.RequestIdentity;
import io.fluxrig.engine.gears.conductor.field.FieldName;
import io.fluxrig.engine.gears.conductor.route.DestinationTree;
import io.fluxrig.engine.gears.conductor.route.ValueMatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the conductor's configuration and reports everything wrong with it at once; {@link TableFiles} checks the tables.
 * Used while a scenario is checked, and again when the gear is made.
 */
public final class ConductorConfigReader {
    private static final long NS_PER_MS = 1_000_000;
    private static final long TIMEOUT_MAX_NS = 3_600_000 * NS_PER_MS;

    private static final DestinationTree NOT_GIVEN = new DestinationTree.Leaf("out_");

    private final GearConfig config;
    private final ConfigFaults faults;
    private final Set<String> names = new HashSet<>();

    private ConductorConfigReader(GearConfig config, ConfigFaults faults) {
        this.config = config;
        this.faults = faults;
    }

    /** What the configuration says; of use only if no fault was reported. */
    public static ConductorConfig read(GearConfig config, ConfigFaults faults) {
        return new ConductorConfigReader(config, faults).read();
    }

    /** Whether a tree stands in the configuration; one that does not parse is replaced. */
    public static boolean isGiven(DestinationTree tree) {
        return tree != NOT_GIVEN;
    }

    private ConductorConfig read() {
        List<String> key = config.texts(Keys.CORRELATION_KEY);
        if (key.isEmpty()) {
            faults.error(Keys.CORRELATION_KEY, "is empty", "name the values that a request and its answer share");
        }
        names(Keys.CORRELATION_KEY, key);
        List<String> confirm =
                config.has(Keys.CONFIRM_FIELDS) ? config.texts(Keys.CONFIRM_FIELDS) : Confirmation.DEFAULT;
        if (confirm.size() > Confirmation.VALUES_MAX) {
            faults.error(
                    Keys.CONFIRM_FIELDS,
                    "names " + confirm.size() + " values, " + Confirmation.VALUES_MAX + " at most are compared",
                    "name those that change with each request, such as rrn");
        }
        names(Keys.CONFIRM_FIELDS, confirm);
        List<String> restamped = restamped();
        names(Keys.PARK_FIELDS, config.texts(Keys.PARK_FIELDS));
        GearConfig valet = config.section(Keys.VALET);
        long defaultTtlNs = timeout(valet, Keys.DEFAULT_TTL, "valet.default_ttl", 0);
        GearConfig breaker = config.section(Keys.BREAKER);
        if (breaker.durationNs(Keys.COOLDOWN) < NS_PER_MS) {
            faults.error("breaker.cooldown", "is below 1ms", "give it some seconds");
        }
        List<Route> routes = routes(defaultTtlNs);
        return new ConductorConfig(
                key,
                confirm,
                ConductorConfig.Validation.valueOf(config.text(Keys.VALIDATION).toUpperCase(Locale.ROOT)),
                restamped,
                routes,
                new HostsReader(config, faults, routes).read(),
                config.has(Keys.ORIGIN) ? config.text(Keys.ORIGIN) : "",
                config.texts(Keys.PARK_FIELDS),
                valet.durationNs(Keys.RETAIN_AFTER_CLOSE),
                valet.durationNs(Keys.RETAIN_AFTER_CLOSE) == 0 ? 0 : (int) valet.number(Keys.RETAIN_MAX),
                (int) breaker.number(Keys.TRIP_AFTER),
                breaker.durationNs(Keys.COOLDOWN),
                (int) breaker.number(Keys.HALF_OPEN_PROBES),
                (int) config.number(Keys.MAX_IN_FLIGHT),
                new LedgerReader(faults, routes).read(valet));
    }

    private List<String> restamped() {
        if (!config.has(Keys.RESTAMPED_FIELDS)) {
            return RequestIdentity.RESTAMPED_DEFAULT;
        }
        List<String> restamped = config.texts(Keys.RESTAMPED_FIELDS);
        names(Keys.RESTAMPED_FIELDS, restamped);
        for (String name : restamped) {
            if (!FieldName.mayBeWholeField(name)) {
                faults.error(Keys.RESTAMPED_FIELDS, "'" + name + "' is a part of a field", "name the whole field");
            }
        }
        return restamped;
    }

    private List<Route> routes(long defaultTtlNs) {
        List<GearConfig> sections = config.sections(Keys.ROUTES);
        List<Route> routes = new ArrayList<>();
        if (sections.isEmpty()) {
            faults.error(Keys.ROUTES, "no route is given", "add a route with a destination such as out_issuer");
        }
        boolean caught = false;
        for (int i = 0; i < sections.size(); i++) {
            String at = Keys.ROUTES + "[" + i + "]";
            Route route = route(sections.get(i), at, i, defaultTtlNs);
            if (caught) {
                faults.warning(at, "is never reached: a route before it takes every request", "put it further up");
            }
            caught |= route.conditions().isEmpty();
            routes.add(route);
        }
        return routes;
    }

    private Route route(GearConfig section, String at, int index, long defaultTtlNs) {
        String name = section.has(Keys.NAME) ? section.text(Keys.NAME) : "route-" + (index + 1);
        if (!names.add(name)) {
            faults.error(at + ".name", "'" + name + "' is the name of another route too", "give each its own");
        }
        List<Condition> conditions = new ArrayList<>();
        condition(section.section(Keys.MATCH), at + ".match", conditions);
        List<GearConfig> also = section.sections(Keys.ALSO);
        for (int i = 0; i < also.size(); i++) {
            condition(also.get(i), at + ".also[" + i + "]", conditions);
        }
        return new Route(
                name,
                conditions,
                destination(section, at + ".destination"),
                timeout(section, Keys.TIMEOUT, at + ".timeout", defaultTtlNs));
    }

    private void condition(GearConfig section, String at, List<Condition> into) {
        List<String> fields = section.texts(Keys.FIELD);
        List<String> prefixes = section.texts(Keys.PREFIX);
        List<String> ranges = section.texts(Keys.RANGE);
        List<String> set = section.texts(Keys.SET);
        String regex = section.has(Keys.REGEX) ? section.text(Keys.REGEX) : "";
        Path table = section.has(Keys.TABLE) ? section.file(Keys.TABLE) : null;
        List<String> values = section.texts(Keys.VALUE);
        int kinds = given(!prefixes.isEmpty()) + given(!ranges.isEmpty()) + given(!set.isEmpty());
        kinds += given(!regex.isEmpty()) + given(table != null);
        if (kinds == 0 && fields.isEmpty() && values.isEmpty()) {
            return;
        }
        if (fields.isEmpty()) {
            faults.error(at + ".field", "is missing", "name the value to look at, such as card.pan");
        }
        if (kinds != 1) {
            faults.error(at, "has " + kinds + " tests of the value", "give one of prefix, range, set, regex, table");
        }
        if (table == null && !values.isEmpty()) {
            faults.error(at + ".value", "stands without a table", "name the table, or use set");
        }
        names(at + ".field", fields);
        check(ranges, ValueMatch.Range::parse, at + ".range");
        check(regex.isEmpty() ? List.of() : List.of(regex), ValueMatch.Regex::of, at + ".regex");
        into.add(new Condition(fields, prefixes, ranges, set, regex, table, values));
    }

    private DestinationTree destination(GearConfig section, String at) {
        try {
            DestinationTree tree = DestinationTree.parse(section.tree(Keys.DESTINATION));
            tree.eachPort(port -> destinationPort(port, at));
            return tree;
        } catch (IllegalArgumentException wrong) {
            faults.error(at, wrong.getMessage(), "write for example { failover: [out_a, out_b] }");
            return NOT_GIVEN;
        }
    }

    private void destinationPort(String port, String at) {
        boolean good =
                port.matches("out_[a-z0-9_-]+") && !port.equals("out_response") && !port.startsWith("out_response_");
        if (!good) {
            faults.error(at, "'" + port + "' is not a destination", "name an output port such as out_scheme_a");
        }
    }

    private long timeout(GearConfig section, String key, String at, long otherwise) {
        if (!section.has(key)) {
            return otherwise;
        }
        long timeoutNs = section.durationNs(key);
        if (timeoutNs < NS_PER_MS || timeoutNs > TIMEOUT_MAX_NS) {
            faults.error(at, "is outside 1ms to 1h", "give it as long as the host may take, such as 10s");
        }
        return timeoutNs;
    }

    private void names(String at, List<String> names) {
        for (String name : names) {
            String fault = FieldName.fault(name);
            if (fault != null) {
                faults.error(at, fault, "write an alias such as stan, or a path such as iso8583.field.11");
            }
        }
    }

    private void check(List<String> values, Consumer<String> parse, String at) {
        for (String value : values) {
            try {
                parse.accept(value);
            } catch (IllegalArgumentException wrong) {
                String why = wrong.getMessage();
                faults.error(at, why.lines().findFirst().orElse("does not parse"), "mend the expression");
            }
        }
    }

    private static int given(boolean given) {
        return given ? 1 : 0;
    }
}
