package io.fluxrig.bench.scale;

import io.fluxrig.bench.rack.PaymentSwitch;
import io.fluxrig.bench.scale.Case.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the payment switch with what a setup changes in it: its table, its room for tickets, how long those may be open. */
final class SwitchVariant {
    /** Above the largest case with the traffic that is measured. */
    private static final int TICKETS_MAX = 1_100_000;

    private final Path folder;

    SwitchVariant(Path folder) {
        this.folder = folder;
    }

    /** Writes scenario and table, and returns the scenario's file. */
    Path write(Setup setup) throws IOException {
        Files.createDirectories(folder);
        Path table = folder.resolve("bin-ranges-" + setup.ranges() + ".csv");
        BinRanges.write(table, setup.ranges());
        Path file = folder.resolve("switch-" + setup.ranges() + (setup.keepOutcomes() ? "" : "-forgets") + ".yaml");
        adapt(PaymentSwitch.original(), table, setup).write(file);
        return file;
    }

    static PaymentSwitch adapt(PaymentSwitch original, Path table, Setup setup) {
        PaymentSwitch adapted = original.table(table)
                .referenceInKey()
                .with("value: scheme-a }", "value: [ scheme-a, scheme-a" + BinRanges.ALSO + " ] }")
                .with("value: scheme-b }", "value: [ scheme-b, scheme-b" + BinRanges.ALSO + " ] }")
                .with("timeout: 2s", "timeout: 1h")
                .with("max_in_flight: 65536", "max_in_flight: " + TICKETS_MAX);
        return setup.keepOutcomes() ? adapted : adapted.with("retain_after_close: 5s", "retain_after_close: 0s");
    }
}
