package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/operating.md says of lines in the log, about lines that there are, and with commands that there are. */
class DocumentedLinesTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String TITLE = "### A line in the log, and what to type";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** Where a literal goes on in the next line. */
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");

    private final List<String[]> rows = rows();

    private static List<String[]> rows() {
        String page = read(ROOT.resolve("docs/operating.md"));
        String section = page.substring(page.indexOf(TITLE));
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .map(line -> line.split(" \\| ", -1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    private static String sources() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String module : List.of("engine", "transport")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
                files.filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                        .forEach(
                                file -> sources.append(JOINT.matcher(read(file)).replaceAll("")));
            }
        }
        return sources.toString();
    }

    private static Stream<String> codes(String text) {
        return CODE.matcher(text).results().map(found -> found.group(1));
    }

    @Test
    void shouldQuoteWhatLogsSay() throws Exception {
        String sources = sources();

        assertThat(rows).hasSizeGreaterThan(14).allSatisfy(row -> {
            assertThat(row).hasSize(3);
            assertThat(codes(row[0]))
                    .isNotEmpty()
                    .allSatisfy(quoted -> assertThat(sources)
                            .as(quoted)
                            .containsPattern("\"[^\"]*" + Pattern.quote(quoted.replace(" N ", " {} ")) + "[^\"]*\""));
        });
    }

    @Test
    void shouldNameCommandsThatThereAre() {
        Cli cli = new Cli();
        List<String> typed = rows.stream()
                .flatMap(row -> codes(row[2]))
                .map(code -> code.replaceFirst("^(admin|scenario) ", "fluxrig $1 "))
                .filter(code -> code.startsWith("fluxrig "))
                .distinct()
                .toList();

        assertThat(typed).isNotEmpty().allSatisfy(each -> {
            Matcher names = Pattern.compile("fluxrig ((?:[a-z]+ ?)+)").matcher(each);
            assertThat(names.lookingAt()).isTrue();
            String[] words = names.group(1).strip().split(" ", -1);
            String[] arguments = Arrays.copyOf(words, words.length + 1);
            arguments[words.length] = "--help";
            assertThat(cli.run(arguments)).as(each).isZero();
            assertThat(cli.out()).startsWith("Usage: fluxrig " + names.group(1).strip());
        });
    }
}
