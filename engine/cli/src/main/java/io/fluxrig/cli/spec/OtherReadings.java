package io.fluxrig.cli.spec;

import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for another framing or another built-in dialect under which bytes that do not parse would be messages. For the first
 * {@value #TRIES_MAX} that it is asked about: who decodes a file of them in the wrong dialect has been told by then. Single threaded.
 */
final class OtherReadings {
    static final int TRIES_MAX = 20;

    private final FrameGuess own;
    private Map<String, Other> others;
    private int tries;

    OtherReadings(FrameGuess own) {
        this.own = own;
    }

    private record Other(MessageReader reader, FrameGuess frames) {}

    /**
     * What the bytes would be, in sentences for people; empty if nothing known fits. Holds no value.
     *
     * @param framed whether framing was looked for already
     */
    List<String> of(byte[] bytes, boolean framed) {
        if (++tries > TRIES_MAX) {
            return List.of();
        }
        if (isXml(bytes)) {
            return List.of("this is an isomsg in XML, as jPOS's XMLChannel and LogChannel send it (frame_end: isomsg);"
                    + " a codec_jpos with org.jpos.iso.packager.XMLPackager reads it, these commands do not");
        }
        List<String> found = new ArrayList<>();
        FrameGuess.Guess guess = framed ? null : own.of(bytes);
        if (guess != null && guess.framing() != null && guess.evidence() != FrameGuess.Evidence.BEGINS) {
            found.add("there is probably " + guess.words() + " ("
                    + guess.framing().keys() + "): " + guess.why() + "; --frame takes it off");
        }
        if (guess == null || guess.evidence() != FrameGuess.Evidence.READS) {
            others().forEach((name, other) -> {
                String reads = reads(name, other, bytes);
                if (reads != null) {
                    found.add(reads);
                }
            });
        }
        return found;
    }

    private static boolean isXml(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).stripLeading();
        return text.startsWith("<") && text.contains("<isomsg");
    }

    private static String reads(String name, Other other, byte[] bytes) {
        if (other.reader().fits(bytes, 0, bytes.length)) {
            return "the built-in " + name + " reads it to its last byte: --spec " + name;
        }
        FrameGuess.Guess guess = other.frames().of(bytes);
        boolean reads = guess != null && guess.evidence() == FrameGuess.Evidence.READS;
        return reads
                ? "the built-in " + name + " reads it to its last byte with " + guess.words() + ": --frame --spec "
                        + name
                : null;
    }

    private Map<String, Other> others() {
        if (others == null) {
            others = new LinkedHashMap<>();
            for (String name : SpecLoader.bases()) {
                Spec spec = DialectSource.builtIn(name).load().orThrow();
                MessageReader reader = new MessageReader(spec);
                others.put(name, new Other(reader, new FrameGuess(spec, reader)));
            }
        }
        return others;
    }
}
