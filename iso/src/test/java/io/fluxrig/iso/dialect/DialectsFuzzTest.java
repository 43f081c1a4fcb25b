package io.fluxrig.iso.dialect;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whatever a file holds: a spec that its own YAML comes to again, or faults, never an exception. */
class DialectsFuzzTest {
    private static final String HEAD =
            "<isopackager><isofield id='0' length='4' name='m' class='org.jpos.iso.IFA_NUMERIC'/>"
                    + "<isofield id='1' length='16' name='b' class='org.jpos.iso.IFB_BITMAP'/>";

    @FuzzTest
    void shouldAnswerAnyFileWithADialectOrFaults(FuzzedDataProvider data) {
        boolean packager = data.consumeBoolean();
        byte[] rest = data.consumeRemainingAsBytes();
        byte[] source = rest;
        if (packager) {
            byte[] head = HEAD.getBytes(StandardCharsets.UTF_8);
            source = Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, source, head.length, rest.length);
        }
        Dialect dialect = Dialects.read("fuzz", source);
        if (!dialect.load().ok()) {
            if (dialect.load().faults().isEmpty()) {
                throw new IllegalStateException("neither a spec nor a fault");
            }
            return;
        }
        Dialect again = Dialects.read("fuzz", dialect.yaml().getBytes(StandardCharsets.UTF_8));
        if (!again.load().ok()
                || !again.load().spec().wire().equals(dialect.load().spec().wire())) {
            throw new IllegalStateException("its own YAML comes to something else");
        }
    }
}
