package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Searches what a rack wrote for card numbers: as text, as hex of the text, and as BCD. */
final class CardNumbers {
    private CardNumbers() {}

    static void assertNoneIn(Path folder, List<String> pans) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertNone(file.toString(), text, pans);
            }
        }
    }

    static void assertNoneIn(String text, List<String> pans) {
        assertNone("metrics and status", text, pans);
    }

    private static void assertNone(String where, String text, List<String> pans) {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        for (String pan : pans) {
            byte[] bcd = HexFormat.of().parseHex(pan.length() % 2 == 0 ? pan : "0" + pan);
            assertThat(lower.contains(pan)).as("%s holds a card number", where).isFalse();
            assertThat(lower.contains(HexFormat.of().formatHex(pan.getBytes(StandardCharsets.US_ASCII))))
                    .as("%s holds a card number in hex", where)
                    .isFalse();
            assertThat(text.contains(new String(bcd, StandardCharsets.ISO_8859_1)))
                    .as("%s holds a card number in BCD", where)
                    .isFalse();
        }
    }
}
