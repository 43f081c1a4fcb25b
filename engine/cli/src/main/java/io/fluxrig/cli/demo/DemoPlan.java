package io.fluxrig.cli.demo;

import io.fluxrig.engine.config.Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the demo is to run.
 *
 * @param scenarios folder of the three scenarios
 * @param folder where logs, data and the report go
 * @param rate as the load tool reads it
 * @param json whether the load's last line is a JSON object
 * @param live whether the load draws in place
 * @param environment of this process; moves ports
 */
public record DemoPlan(
        Path scenarios,
        Path folder,
        long durationNs,
        String rate,
        boolean json,
        boolean live,
        Map<String, String> environment) {

    /** An address that a variable sets, or the demo's own. */
    Address address(String variable, int port) throws DemoException {
        String text = environment.getOrDefault(variable, "");
        if (text.isEmpty()) {
            return new Address("127.0.0.1", port);
        }
        return Address.parse(text).orElseThrow(() -> new DemoException(variable + "=" + text + ": " + Address.FIX));
    }

    Address terminals() throws DemoException {
        return address("TERMINALS_BIND", 8583);
    }

    Address status() throws DemoException {
        return address("FLUXRIG_TELEMETRY_BIND", 8090);
    }

    Address schemeA() throws DemoException {
        return address("SCHEME_A_ADDRESS", 9101);
    }

    Address schemeB() throws DemoException {
        return address("SCHEME_B_ADDRESS", 9102);
    }

    Address silent() throws DemoException {
        return address("SILENT_ADDRESS", 9103);
    }

    /** The listening ports of all its processes. */
    List<Ports.Port> ports() throws DemoException {
        return List.of(
                new Ports.Port("terminals", "TERMINALS_BIND", terminals().port()),
                new Ports.Port(
                        "issuer of scheme A", "SCHEME_A_ADDRESS", schemeA().port()),
                new Ports.Port(
                        "issuer of scheme B", "SCHEME_B_ADDRESS", schemeB().port()),
                new Ports.Port("the silent host", "SILENT_ADDRESS", silent().port()),
                new Ports.Port("the rack's status", "FLUXRIG_TELEMETRY_BIND", status().port()));
    }
}
