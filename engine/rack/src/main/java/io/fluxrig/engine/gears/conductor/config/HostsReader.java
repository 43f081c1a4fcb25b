package io.fluxrig.engine.gears.conductor.config;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig.Host;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads which destinations are lines to one host, and reports what cannot be meant. */
public final class HostsReader {
    private final GearConfig config;
    private final ConfigFaults faults;
    private final Set<String> routed = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> hostOf = new HashMap<>();

    HostsReader(GearConfig config, ConfigFaults faults, List<Route> routes) {
        this.config = config;
        this.faults = faults;
        routes.forEach(route -> route.destination().eachPort(routed::add));
    }

    List<Host> read() {
        List<GearConfig> sections = config.sections(Keys.HOSTS);
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            hosts.add(host(sections.get(i), Keys.HOSTS + "[" + i + "]"));
        }
        return hosts;
    }

    private Host host(GearConfig section, String at) {
        String name = section.has(Keys.NAME) ? section.text(Keys.NAME) : "";
        if (!name.isEmpty() && !names.add(name)) {
            faults.error(at + ".name", "'" + name + "' is the name of another host too", "give each its own");
        }
        List<String> lines = section.texts(Keys.DESTINATIONS);
        if (section.has(Keys.DESTINATIONS) && new HashSet<>(lines).size() < 2) {
            faults.error(
                    at + ".destinations",
                    "names fewer than two destinations",
                    "name all lines of the host, or leave it out: a destination is a host of its own anyhow");
        }
        lines.forEach(line -> line(line, name, at + ".destinations"));
        return new Host(name, lines);
    }

    private void line(String line, String host, String at) {
        if (!routed.contains(line)) {
            faults.error(at, "no route sends to '" + line + "'", "name output ports as the routes do");
        }
        String before = hostOf.putIfAbsent(line, host);
        if (before != null && !before.equals(host)) {
            faults.error(at, "'" + line + "' is a line of host '" + before + "' too", "leave it in one of them");
        }
    }
}
