package io.fluxrig.cli.load;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.frame.FramingFault;
import io.fluxrig.iso.frame.LengthEncoding;
import io.fluxrig.iso.frame.PeekEncoding;
import io.fluxrig.iso.frame.Variant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** How messages are framed on the wire; the words of {@code io_iso8583}. */
final class FramingOptions {
    private static final List<String> VARIANTS = Arrays.stream(Variant.values())
            .map(v -> v.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final List<String> ENCODINGS = Arrays.stream(LengthEncoding.values())
            .map(e -> e.name().toLowerCase(Locale.ROOT))
            .toList();

    @Option(names = "--variant", paramLabel = "NAME", description = "generic, visa, mastercard, unionpay, hypercom")
    String variant = "generic";

    @Option(names = "--length-header", paramLabel = "BYTES", description = "2, 3 or 4 bytes of length (2)")
    Integer lengthHeader;

    @Option(names = "--length-encoding", paramLabel = "HOW", description = "binary, ascii, bcd, ebcdic or hex (binary)")
    String lengthEncoding;

    @Option(names = "--length-inclusive", description = "the length counts itself")
    boolean lengthInclusive;

    @Option(names = "--tpdu", paramLabel = "HEX", description = "TPDU before each message, such as 6000010000")
    String tpdu;

    Framing framing() {
        Variant preset = Framing.variant(variant);
        if (preset == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--variant " + variant + " is not known; " + Nearest.fix(variant, VARIANTS));
        }
        Framing.Builder builder = Framing.builder(preset);
        try {
            apply(builder);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--tpdu " + tpdu + ": " + e.getMessage() + "; see --help");
        }
        List<FramingFault> faults = builder.faults();
        if (!faults.isEmpty()) {
            String words = faults.stream()
                    .map(fault -> fault.key() + ": " + fault.message() + ": " + fault.fix())
                    .collect(Collectors.joining("; "));
            throw new CommandFailure(ExitCode.USAGE, "framing: " + words);
        }
        return builder.build();
    }

    private void apply(Framing.Builder builder) {
        if (lengthHeader != null) {
            builder.lengthSize(lengthHeader);
        }
        if (lengthEncoding != null) {
            builder.lengthEncoding(encoding());
        }
        if (lengthInclusive) {
            builder.includesHeader(true);
        }
        if (tpdu != null) {
            byte[] bytes = HexFormat.of().parseHex(tpdu);
            builder.tpduEnabled(true).tpduLength(bytes.length).tpdu(bytes).tpduSwap(bytes.length % 2 == 1);
        }
        // What arrives is decoded anyway, and a dialect may write its MTI in any way.
        builder.peek(PeekEncoding.ASCII).heuristicValidation(false);
    }

    private LengthEncoding encoding() {
        for (LengthEncoding known : LengthEncoding.values()) {
            if (known.name().equalsIgnoreCase(lengthEncoding)) {
                return known;
            }
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "--length-encoding " + lengthEncoding + " is not known; " + Nearest.fix(lengthEncoding, ENCODINGS));
    }
}
