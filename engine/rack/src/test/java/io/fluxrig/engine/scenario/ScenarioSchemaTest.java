package io.fluxrig.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.config.NodeSchema;
import io.fluxrig.engine.fault.Faults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas accept what the check accepts and underline what it refuses. */
class ScenarioSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private List<String> underlined(JsonNode schema, String yaml) {
        JsonSchema compiled = factory.getSchema(schema);
        YamlNode root = YamlReader.read("f.yaml", yaml, name -> "${" + name + "}", new Faults());
        return compiled.validate(JSON.valueToTree(root.plain())).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private List<String> underlined(String yaml) {
        return underlined(ScenarioSchema.schema(TestGears.catalog()), yaml);
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment-switch.yaml", "issuer-scheme-a.yaml", "issuer-scheme-b.yaml"})
    void shouldAcceptTheScenariosThatShip(String name) throws Exception {
        String yaml = Files.readString(Path.of("..", "..", "config", "scenarios", name));
        assertThat(underlined(ScenarioSchema.schema(GearCatalog.installed()), yaml))
                .isEmpty();
    }

    @Test
    void shouldTakeAGearsKeysFromItsType() {
        assertThat(underlined("""
                                meta: { name: x }
                                gears:
                                  - { name: a, type: io_test, config: { mode: server, bind: "${A}", connections: "${N}" } }
                                  - { name: b, type: pipe }
                                  - { name: c, type: switch, config: { routes: [ { to: out_a, weight: 3 } ], x-note: free } }
                                """)).isEmpty();
    }

    @Test
    void shouldUnderlineWhatTheCheckRefuses() {
        assertThat(underlined("""
                                meta: { name: Bad Name, versoin: 1 }
                                gears:
                                  - { name: a, type: io_test, config: { bnid: ":1", connections: 99, idle_timeout: 30 } }
                                  - { name: b, type: io_tset }
                                  - { name: c, type: io_test }
                                wires:
                                  - { from: a.out, lane: warm }
                                """))
                .anySatisfy(message -> assertThat(message).contains("meta.name", "pattern"))
                .anySatisfy(message -> assertThat(message).contains("versoin"))
                .anySatisfy(message -> assertThat(message).contains("bnid"))
                .anySatisfy(message -> assertThat(message).contains("mode"))
                .anySatisfy(message -> assertThat(message).contains("connections", "64"))
                .anySatisfy(message -> assertThat(message).contains("idle_timeout"))
                .anySatisfy(message -> assertThat(message).contains("gears[1].type"))
                .anySatisfy(message -> assertThat(message).contains("gears[2]", "config"))
                .anySatisfy(message -> assertThat(message).contains("'to'"))
                .anySatisfy(message -> assertThat(message).contains("lane"));
    }

    @Test
    void shouldDescribeTheNodeFile() {
        JsonNode schema = NodeSchema.schema(NodeKeys.FILE);
        assertThat(underlined(schema, "rack: { strips: 2, timer_tick: 5ms }\nlogging: { level: debug }"))
                .isEmpty();
        assertThat(underlined(schema, "rack: { strips: 99 }\nloging: {}"))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message).contains("strips", "64"))
                .anySatisfy(message -> assertThat(message).contains("loging"));
    }

    @Test
    void shouldBeASchemaByItsOwnDialect() {
        JsonSchema dialect = factory.getSchema(
                com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(dialect.validate(ScenarioSchema.schema(GearCatalog.installed())))
                .isEmpty();
        assertThat(dialect.validate(NodeSchema.schema(NodeKeys.FILE))).isEmpty();
    }
}
