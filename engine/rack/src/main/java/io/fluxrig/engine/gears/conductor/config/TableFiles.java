package io.fluxrig.engine.gears.conductor.config;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig.Condition;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig.Route;
import io.fluxrig.engine.gears.conductor.route.BinTable;
import io.fluxrig.engine.gears.conductor.route.BinTableFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Loads the tables that routes name, each once, and reports their faults and values that no range has. */
public final class TableFiles {
    private TableFiles() {}

    /** The tables by file; one with faults is left out. */
    public static Map<Path, BinTable> load(ConductorConfig config, ConfigFaults faults) {
        Map<Path, BinTable> tables = new HashMap<>();
        Set<Path> broken = new HashSet<>();
        for (int i = 0; i < config.routes().size(); i++) {
            Route route = config.routes().get(i);
            String at = Keys.ROUTES + "[" + i + "].match";
            for (Condition condition : route.conditions()) {
                if (condition.table() != null) {
                    load(condition, at, tables, broken, faults);
                }
            }
        }
        return tables;
    }

    private static void load(
            Condition condition, String at, Map<Path, BinTable> tables, Set<Path> broken, ConfigFaults faults) {
        Path file = condition.table();
        if (broken.contains(file)) {
            return;
        }
        BinTable table = tables.get(file);
        if (table == null) {
            BinTableFile.Load load = BinTableFile.load(file);
            load.faults()
                    .forEach(fault -> faults.error(at + ".table", fault.where() + ": " + fault.what(), fault.fix()));
            table = load.table();
            if (table == null) {
                broken.add(file);
                return;
            }
            tables.put(file, table);
        }
        List<String> known = table.values();
        for (String value : condition.tableValues()) {
            if (!known.contains(value)) {
                faults.error(
                        at + ".value",
                        "no range of " + file.getFileName() + " has the value '" + value + "'",
                        "use one of " + String.join(", ", known.subList(0, Math.min(10, known.size()))));
            }
        }
    }
}
