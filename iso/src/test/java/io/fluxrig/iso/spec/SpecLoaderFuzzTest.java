package io.fluxrig.iso.spec;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a file holds: a spec or faults, never an exception. */
class SpecLoaderFuzzTest {
    private static final String HEAD = "spec:\n  id: a\n  version: 1.0.0\n  wire:\n    source: moov:spec87ascii\n    ";

    @FuzzTest
    void shouldAnswerAnyFileWithASpecOrFaults(FuzzedDataProvider data) {
        boolean wireOnly = data.consumeBoolean();
        byte[] rest = data.consumeRemainingAsBytes();
        byte[] source = rest;
        if (wireOnly) {
            byte[] head = HEAD.getBytes(StandardCharsets.UTF_8);
            source = java.util.Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, source, head.length, rest.length);
        }
        SpecLoad load = SpecLoader.load("fuzz.yaml", source);
        if (load.ok() == load.faults().stream().anyMatch(fault -> fault.severity() == SpecFault.Severity.ERROR)) {
            throw new IllegalStateException("neither a spec nor a fault");
        }
    }
}
