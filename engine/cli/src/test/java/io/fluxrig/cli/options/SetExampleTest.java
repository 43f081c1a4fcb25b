package io.fluxrig.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody types what the help has as an example of {@code --set}. */
class SetExampleTest {
    private static final Pattern EXAMPLE = Pattern.compile("such as\\s+([a-z_.]+)=(\\S+)");

    @ParameterizedTest
    @ValueSource(strings = {"run", "rack", "mixer"})
    void shouldBeAKeyOfThatCommand(String command) {
        Cli cli = new Cli();
        assertThat(cli.run(command, "--help")).isZero();
        Matcher example = EXAMPLE.matcher(cli.out());
        assertThat(example.find()).as(cli.out()).isTrue();
        Map<String, String> set = Map.of(example.group(1), example.group(2));

        NodeConfigLoad load = command.equals("mixer")
                ? NodeConfigLoader.load(MixerKeys.FILE, null, Map.of(), set)
                : NodeConfigLoader.load(null, Map.of(), set);

        assertThat(load.faults()).isEmpty();
    }
}
