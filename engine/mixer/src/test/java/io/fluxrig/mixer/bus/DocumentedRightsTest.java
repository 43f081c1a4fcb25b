package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/operating.md has somebody give a rack on a NATS of their own covers what a rack needs, as the mixer's own server has it. */
class DocumentedRightsTest {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    @Test
    void shouldCoverWhatTheMixersOwnServerGivesARack() throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "operating.md"));
        String block = page.substring(page.indexOf("a NATS of your own: the permissions of rack NAME"));
        block = block.substring(0, block.indexOf("```"))
                .replaceAll(" #[^\n]*", "")
                .replace("NAME", "east")
                .replace("GEAR-OF-SCENARIO", "switch-OF-pay");
        int subscribe = block.indexOf("subscribe:");
        WireRights rights = new WireRights(
                Set.of("flux.msg.west.in.in"),
                true,
                Set.of("flux.msg.east.out.in"),
                Set.of("west"),
                Set.of("flux-switch-OF-pay"));
        String needed = ServerConfig.write(
                        new ServerSettings(
                                Path.of("/usr/sbin/nats-server"),
                                Path.of("/data/nats"),
                                new Address("127.0.0.1", 4222),
                                new byte[32],
                                "00ff",
                                null),
                        Map.of("east", new byte[32]),
                        Map.of("east", rights))
                .lines()
                .filter(line -> line.contains("flux.rack.east.scenario"))
                .findFirst()
                .orElseThrow();
        int needsToHear = needed.indexOf("subscribe:");

        assertCovered(quoted(needed.substring(0, needsToHear)), quoted(block.substring(0, subscribe)));
        assertCovered(quoted(needed.substring(needsToHear)), quoted(block.substring(subscribe)));
        assertThat(quoted(block)).as("raises the stream's replicas").contains("$JS.API.STREAM.UPDATE.flux-msg");
    }

    private static void assertCovered(List<String> needed, List<String> given) {
        assertThat(needed)
                .hasSizeGreaterThan(4)
                .allSatisfy(subject -> assertThat(given).anyMatch(one -> covers(one, subject)));
    }

    private static List<String> quoted(String text) {
        return QUOTED.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** As NATS reads them: {@code *} is any one token, {@code >} one or more at the end. */
    private static boolean covers(String given, String subject) {
        String pattern = Pattern.quote(given)
                .replace("*", "\\E[^.>]+\\Q")
                .replaceAll("\\.>\\\\E$", Matcher.quoteReplacement(".\\E.+"));
        return subject.matches(pattern);
    }
}
