package io.fluxrig.engine.gears.conductor.config;

import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.WiredSpecs;
import io.fluxrig.engine.gears.conductor.field.FieldName;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.spec.Spec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the names of values in a conductor's configuration against the dialects that the wires bring it, since it has none
 * of its own. A name that none of them knows is an error; one that some lack is a warning, but of the key an error too. Nothing is said of a name that is
 * no alias and no path at all, which {@link ConductorConfigReader} reports.
 */
public final class WiredNames {
    private final List<Spec> requests;
    private final List<Spec> both;
    private final ConfigFaults faults;

    /** @param specs of the wires that lead to the conductor */
    public WiredNames(WiredSpecs specs, ConfigFaults faults) {
        this.requests = specs.at("in");
        Set<Spec> all = new LinkedHashSet<>(requests);
        all.addAll(specs.at("in_reply"));
        this.both = List.copyOf(all);
        this.faults = faults;
    }

    /** Reports the names that the dialects do not know. */
    public void check(GearConfig config) {
        key(config.texts(Keys.CORRELATION_KEY));
        check(config.texts(Keys.CONFIRM_FIELDS), Keys.CONFIRM_FIELDS, both, "its messages are not compared there");
        check(config.texts(Keys.RESTAMPED_FIELDS), Keys.RESTAMPED_FIELDS, requests, "it means nothing there");
        wholeFields(config.texts(Keys.RESTAMPED_FIELDS), Keys.RESTAMPED_FIELDS);
        check(config.texts(Keys.PARK_FIELDS), Keys.PARK_FIELDS, requests, "nothing is kept back of its requests");
        List<GearConfig> routes = config.sections(Keys.ROUTES);
        for (int i = 0; i < routes.size(); i++) {
            String at = Keys.ROUTES + "[" + i + "].";
            condition(routes.get(i).section(Keys.MATCH), at + Keys.MATCH);
            List<GearConfig> also = routes.get(i).sections(Keys.ALSO);
            for (int j = 0; j < also.size(); j++) {
                condition(also.get(j), at + Keys.ALSO + "[" + j + "]");
            }
        }
    }

    private void condition(GearConfig condition, String at) {
        check(condition.texts(Keys.FIELD), at + "." + Keys.FIELD, requests, "it does not match its requests");
    }

    /** A dialect without a value of the key has no key at all: its requests, or the answers of its host, are lost. */
    private void key(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            List<String> lacking = lacking(name, both);
            if (!lacking.isEmpty()) {
                faults.error(
                        Keys.CORRELATION_KEY + "[" + i + "]",
                        neither(name, lacking)
                                + (lacking.size() == both.size() ? "" : ": its messages have no key and match nothing"),
                        lacking.size() == both.size()
                                ? fix(name, both)
                                : "give that spec the alias, or use a path that all have");
            }
        }
    }

    private static String neither(String name, List<String> lacking) {
        return "'" + name + "' is neither an alias nor a field of " + String.join(" or ", lacking);
    }

    private void check(List<String> names, String key, List<Spec> specs, String without) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            List<String> lacking = lacking(name, specs);
            if (lacking.isEmpty()) {
                continue;
            }
            String at = key + "[" + i + "]";
            String what = neither(name, lacking);
            if (lacking.size() == specs.size()) {
                faults.error(at, what, fix(name, specs));
            } else {
                faults.warning(at, what + ": " + without, "give that spec the alias, or use a path that both have");
            }
        }
    }

    private void wholeFields(List<String> names, String key) {
        for (int i = 0; i < names.size(); i++) {
            for (Spec spec : requests) {
                FieldPath path = FieldName.resolve(names.get(i), spec);
                if (path != null && path.depth() > 0) {
                    String what = "'" + names.get(i) + "' is a part of DE " + path.field() + " in " + spec.id();
                    faults.error(key + "[" + i + "]", what, "name a whole field");
                    break;
                }
            }
        }
    }

    private static List<String> lacking(String name, List<Spec> specs) {
        List<String> lacking = new ArrayList<>();
        if (!name.equals(FieldName.MTI_CLASS) && FieldName.fault(name) == null) {
            specs.stream().filter(spec -> spec.path(name) == null).forEach(spec -> lacking.add(spec.id()));
        }
        return lacking;
    }

    private static String fix(String name, List<Spec> specs) {
        Set<String> aliases = new LinkedHashSet<>();
        specs.forEach(spec -> aliases.addAll(spec.aliases().keySet()));
        String nearest = Nearest.find(name, aliases);
        return nearest == null
                ? "write an alias of the spec, or a path such as iso8583.field.11"
                : "did you mean '" + nearest + "'?";
    }
}
