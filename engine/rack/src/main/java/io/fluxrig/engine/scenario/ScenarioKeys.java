package io.fluxrig.engine.scenario;

import io.fluxrig.engine.gear.ConfigKey;
import java.util.List;

/** The keys of a scenario file, declared once: the check and the JSON Schema both read them. */
final class ScenarioKeys {
    static final ConfigKey META = ConfigKey.section(
            "meta",
            "Name and version of the scenario.",
            ConfigKey.text("name", null, "Name of the scenario: lower-case letters, digits, '_' and '-'.")
                    .mandatory(),
            ConfigKey.text("version", "0.0.0", "Version, SemVer."),
            ConfigKey.text("description", null, "What it is for, for people."));

    static final ConfigKey RACKS = ConfigKey.sections(
            "racks",
            "The racks, or groups of racks, that the scenario names; without any, every rack runs all of it.",
            ConfigKey.text("name", null, "Name of a rack, as in its own rack.name."),
            ConfigKey.section("labels", "Labels of the rack, any keys."),
            ConfigKey.text("group", null, "Name of a group of racks, instead of name."),
            ConfigKey.section(
                    "match",
                    "Which racks belong to the group.",
                    ConfigKey.section("labels", "Labels a rack must carry to belong, any keys.")),
            ConfigKey.section(
                    "defaults",
                    "Settings of the rack, or of the racks in the group, where nobody says otherwise.",
                    ConfigKey.choice(
                            "log_level",
                            null,
                            "Least level that its log has; goes before logging.level of the rack's own file.",
                            "error",
                            "warn",
                            "info",
                            "debug",
                            "trace")));

    static final ConfigKey GEARS = ConfigKey.sections(
            "gears",
            "The gears: what processes messages.",
            ConfigKey.text("name", null, "Name of the gear, as wires and metrics use it.")
                    .mandatory(),
            ConfigKey.text("type", null, "Type of the gear; 'fluxrig gears list' shows them.")
                    .mandatory(),
            ConfigKey.texts("deploy", "The rack or group it runs on, or several; absent: every rack."),
            ConfigKey.tree("config", "Configuration of the gear; 'fluxrig gears doc TYPE' explains the keys."));

    static final ConfigKey WIRES = ConfigKey.sections(
            "wires",
            "What is wired to what, one way each.",
            ConfigKey.text("from", null, "Output port, gear.port or rack.gear.port.")
                    .mandatory(),
            ConfigKey.text("to", null, "Input port, gear.port or rack.gear.port.")
                    .mandatory(),
            ConfigKey.choice(
                    "lane",
                    null,
                    "How it carries; default hot inside a rack, guaranteed between racks.",
                    "hot",
                    "durable",
                    "guaranteed"),
            ConfigKey.choice(
                    "sync",
                    null,
                    "When the promise of a durable wire's journal holds, or of one with confirm: receiver; default os: in the page "
                            + "cache, which outlives the process. group: on the disk, one fsync for all that wait. each: an fsync for every message.",
                    "os",
                    "group",
                    "each"),
            ConfigKey.choice(
                    "confirm",
                    null,
                    "When a guaranteed wire says yes; default receiver: once it is in the sender's journal, which keeps "
                            + "it until the receiving rack has it in its own. broker: once the stream has it.",
                    "broker",
                    "receiver"),
            ConfigKey.duration(
                            "expire_after",
                            null,
                            "Age at which a durable or guaranteed wire hands a message to its gear no more, counted from "
                                    + "when it came in; never if not given. For what is worth nothing later, such as an authorization.")
                    .within(1_000_000L, 366L * 86_400_000_000_000L));

    static final List<ConfigKey> ALL = List.of(META.mandatory(), RACKS, GEARS.mandatory(), WIRES);

    private ScenarioKeys() {}
}
