package io.fluxrig.engine.scenario;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios of a test, read as if they were files of a folder of its own. */
abstract class ScenarioReading {
    static final String GOOD = """
        meta: { name: good, version: 1.2.3 }
        gears:
          - name: door
            type: io_test
            config:
              mode: server
              bind: "127.0.0.1:0"
              allow: [10.0.0.0/8, 127.0.0.1/32]
          - { name: sw, type: switch, config: { routes: [ { to: out_a } ], rules: { mti: 0100, n: 7, on: true } } }
          - { name: sink, type: pipe }
        wires:
          - { from: door.out, to: sw.in }
          - { from: sw.out_a, to: sink.in }
          - { from: sw.error, to: sink.in }
          - { from: sink.out, to: door.in }
          - { from: sink.error, to: door.in }
        """;

    final Map<String, String> environment = Map.of("PORT", "8583", "COUNT", "7", "SECRET", "hunter2", "BIND", "eth0");

    @TempDir
    Path folder;

    final ScenarioLoad load(String yaml) {
        return new ScenarioLoader(TestGears.catalog(), environment::get)
                .load(folder.resolve("s.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    }

    final List<String> faultsOf(String yaml) {
        return load(yaml).faults().stream()
                .map(fault -> fault.toString().replace(folder + "/", ""))
                .toList();
    }
}
