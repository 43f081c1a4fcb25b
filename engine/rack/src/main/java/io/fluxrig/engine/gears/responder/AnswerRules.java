package io.fluxrig.engine.gears.responder;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gears.macro.FieldValues;
import io.fluxrig.engine.gears.macro.MacroState;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.rule.Condition;
import io.fluxrig.iso.rule.RuleSyntaxException;
import io.fluxrig.iso.rule.SpecNames;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.perf.count.Counter;
import java.util.ArrayList;
import java.util.List;

/** The rules of one gear on one strip, in order, and the default behind them. Strip thread only. */
final class AnswerRules {
    private final AnswerRule[] rules;
    private final EchoPolicy echo;
    private final ResponseMti responseMti = new ResponseMti();

    private AnswerRules(List<AnswerRule> rules, EchoPolicy echo) {
        this.rules = rules.toArray(new AnswerRule[0]);
        this.echo = echo;
    }

    /**
     * Compiles a configuration, reporting everything that is wrong with it.
     *
     * @param spec the dialect, null for field numbers only
     * @param metrics where each rule counts; null while a configuration is only checked
     */
    static AnswerRules compile(GearConfig config, Spec spec, GearMetrics metrics, ConfigFaults faults) {
        List<AnswerRule> rules = new ArrayList<>();
        RuleReader reader = new RuleReader(spec, metrics, faults);
        List<GearConfig> sections = config.sections("rules");
        for (int i = 0; i < sections.size(); i++) {
            rules.add(reader.rule(sections.get(i), "rules[" + i + "]"));
        }
        GearConfig otherwise = config.section("default");
        if (otherwise.has("set") || otherwise.has("delay") || !"once".equals(otherwise.text("answer"))) {
            rules.add(reader.otherwise(otherwise));
        }
        return new AnswerRules(rules, reader.echo(config));
    }

    /** The first rule that takes the request, null if none does. */
    AnswerRule find(IsoMessage request, String reason, MacroState state) {
        for (AnswerRule rule : rules) {
            if (rule.takes(request, reason, state)) {
                return rule;
            }
        }
        return null;
    }

    /** Turns the request into the rule's answer. */
    void apply(AnswerRule rule, IsoMessage message, Spec spec, MacroState state) {
        rule.values().make(state, message);
        echo.apply(message);
        message.setMti(responseMti.of(message.mti(), spec));
        rule.values().set(message);
    }

    /** Reads rules from their sections. */
    private record RuleReader(Spec spec, GearMetrics metrics, ConfigFaults faults) {

        AnswerRule rule(GearConfig section, String key) {
            Condition when = section.has("when") ? condition(section.text("when"), key + ".when") : null;
            int percent = (int) section.number("percent");
            return rule(section, key, section.text("name"), when, section.texts("reason"), percent);
        }

        AnswerRule otherwise(GearConfig section) {
            return rule(section, "default", "default", null, List.of(), 100);
        }

        private AnswerRule rule(
                GearConfig section, String key, String name, Condition when, List<String> reasons, int percent) {
            long delay = section.has("delay") ? section.durationNs("delay") : 0;
            long delayMax = section.has("delay_max") ? section.durationNs("delay_max") : delay;
            if (delayMax < delay) {
                faults.error(key + ".delay_max", "is below delay", "make it at least delay, or leave it out");
            }
            FieldValues values = FieldValues.compile(
                    section.tree("set"), spec, (field, what, fix) -> faults.error(key + ".set." + field, what, fix));
            int answers = switch (section.text("answer")) {
                case "none" -> 0;
                case "twice" -> 2;
                default -> 1;
            };
            Counter count = metrics == null
                    ? new Counter()
                    : metrics.counter("responder_taken_total", "requests that a rule took", "rule", name);
            return new AnswerRule(when, List.copyOf(reasons), percent, values, answers, delay, delayMax, count);
        }

        private Condition condition(String when, String key) {
            try {
                return Condition.compile(when, spec == null ? SpecNames.NUMBERS : spec);
            } catch (RuleSyntaxException wrong) {
                faults.error(key, wrong.getMessage(), "write " + wrong.expected() + " there");
                return null;
            }
        }

        EchoPolicy echo(GearConfig config) {
            List<String> names = config.texts("echo");
            if (names.isEmpty()) {
                return EchoPolicy.standard();
            }
            List<Integer> fields = new ArrayList<>();
            for (String name : names) {
                FieldPath path = path(name);
                if (path == null || path.depth() > 0) {
                    faults.error("echo", name + " is no field of the message", "write numbers or aliases of fields");
                } else {
                    fields.add(path.field());
                }
            }
            return EchoPolicy.of(fields);
        }

        private FieldPath path(String name) {
            if (spec != null) {
                return spec.path(name);
            }
            try {
                return FieldPath.parse(name);
            } catch (IllegalArgumentException notOne) {
                return null;
            }
        }
    }
}
