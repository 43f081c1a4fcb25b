package io.fluxrig.engine.gears.responder;

import static io.fluxrig.engine.gear.ConfigKey.choice;
import static io.fluxrig.engine.gear.ConfigKey.duration;
import static io.fluxrig.engine.gear.ConfigKey.number;
import static io.fluxrig.engine.gear.ConfigKey.section;
import static io.fluxrig.engine.gear.ConfigKey.sections;
import static io.fluxrig.engine.gear.ConfigKey.text;
import static io.fluxrig.engine.gear.ConfigKey.texts;
import static io.fluxrig.engine.gear.ConfigKey.tree;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gears.macro.FieldValues;
import io.fluxrig.iso.spec.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration keys of gears that answer, and their check. */
final class AnswerKeys {

    private AnswerKeys() {}

    /** The keys of {@code responder} and {@code sim_responder}. */
    static List<ConfigKey> keys() {
        return List.of(
                text("spec_path", null, "the dialect, for aliases, $ENUM and $INVALID: a file, name:tag or sha256:..."),
                sections(
                        "rules",
                        "tried in order; the first that takes a request answers it",
                        text("name", null, "what its counter is called").mandatory(),
                        text("when", null, "condition on the request's fields, such as field(3) == '000000'"),
                        texts("reason", "error.reason values it is for, such as timeout; any if not given"),
                        number("percent", 100L, 1, 100, "how many of the requests it meets it takes"),
                        set(),
                        delay(),
                        delayMax(),
                        answer()),
                section(
                        "default",
                        "answers what no rule takes; without it that leaves on pass",
                        set(),
                        delay(),
                        delayMax(),
                        answer()),
                texts("echo", "fields that an answer keeps of its request; if not given, all that answers carry"),
                number("seed", 1L, Long.MIN_VALUE, Long.MAX_VALUE, "makes chance repeatable"),
                number("delayed_max", 16_384L, 1, 1_000_000, "most answers that wait for their delay on a strip"));
    }

    /** Reports what is wrong with rules, default and echo. */
    static void check(GearConfig config, ConfigFaults faults) {
        Spec spec = config.spec("spec_path");
        if (spec != null || !config.has("spec_path")) {
            AnswerRules.compile(config, spec, null, faults);
        }
    }

    /**
     * Reports, where the gear names no dialect, fields and values that those cannot write that the wires bring: an error if
     * none of them can, a warning if some can.
     */
    static void checkWired(GearConfig config, List<Spec> specs, ConfigFaults faults) {
        if (config.has("spec_path") || specs.isEmpty()) {
            return;
        }
        List<GearConfig> sections = config.sections("rules");
        for (int i = 0; i < sections.size(); i++) {
            checkSet(sections.get(i).tree("set"), specs, "rules[" + i + "].set.", faults);
        }
        checkSet(config.section("default").tree("set"), specs, "default.set.", faults);
    }

    private static void checkSet(Object set, List<Spec> specs, String at, ConfigFaults faults) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Spec spec : specs) {
            FieldValues.compile(
                    set,
                    spec,
                    (field, what, fix) ->
                            found.computeIfAbsent(field, f -> new ArrayList<>()).add(what + "; " + fix));
        }
        found.forEach((field, each) -> {
            String[] parts = each.get(0).split("; ", 2);
            if (each.size() >= specs.size()) {
                faults.error(at + field, parts[0], parts[1]);
            } else {
                faults.warning(at + field, parts[0], parts[1]);
            }
        });
    }

    private static ConfigKey set() {
        return tree(
                "set",
                "fields of the answer: number, path or alias to a value, which may hold macros; digits that begin with 0 are taken as they"
                        + " are written, other numbers stand in quotes");
    }

    private static ConfigKey delay() {
        return duration("delay", null, "time until the answer, none if not given");
    }

    private static ConfigKey delayMax() {
        return duration("delay_max", null, "the delay is spread evenly from delay to this");
    }

    private static ConfigKey answer() {
        return choice("answer", "once", "how many answers it gives", "once", "none", "twice");
    }
}
