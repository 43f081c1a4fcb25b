package io.fluxrig.engine.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FieldPathsTest {
    private final FieldPaths paths = new FieldPaths();

    @Test
    void shouldParseAPathOnce() {
        List<FieldPath> first = new ArrayList<>();
        for (int part = 0; part < 300; part++) {
            first.add(path("55." + part));
        }

        for (int part = 0; part < 300; part++) {
            assertThat(path("55." + part)).isSameAs(first.get(part)).hasToString("55." + part);
        }
    }

    @Test
    void shouldStayRightWithMorePathsThanItKeeps() {
        for (int round = 0; round < 2; round++) {
            for (int part = 0; part < 5000; part++) {
                assertThat(path("48." + part)).hasToString("48." + part);
            }
        }
    }

    @Test
    void shouldKnowWhatIsNoPath() {
        assertThat(path("55..1")).isNull();
        assertThat(path("999")).isNull();
    }

    private FieldPath path(String text) {
        return paths.of(text.getBytes(StandardCharsets.US_ASCII), text.length());
    }
}
