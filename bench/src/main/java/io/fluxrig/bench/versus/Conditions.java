package io.fluxrig.bench.versus;

import io.fluxrig.bench.rack.RackOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a reader must know beside the figures.
 *
 * @param facts names and what they are, in order
 */
record Conditions(Map<String, String> facts) {

    static Conditions of(Jvm jvm, int connections, RackOptions rack) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("connections", Integer.toString(connections));
        facts.put("event loops of rack and relay", Integer.toString(rack.strips()));
        facts.put("JDK of the contestants", jvm.version());
        facts.put("their flags", String.join(" ", jvm.flags()));
        if (!rack.flags().isEmpty()) {
            facts.put("the rack's own flags", String.join(" ", rack.flags()));
        }
        facts.put("starts", "the rack by bin/fluxrig, with its class-data archive; the others by java, without one");
        facts.put("load and issuers", "JDK " + Runtime.version() + ", the same for all, on the same machine");
        facts.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        return new Conditions(facts);
    }
}
