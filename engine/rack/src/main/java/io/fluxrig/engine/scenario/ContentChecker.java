package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gear.Content;
import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.engine.gear.WiredSpecs;
import io.fluxrig.iso.spec.Spec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Follows wires back to what decodes: finds wires that bring bytes to a gear that takes decoded messages, or the other way
 * round, and tells gears without a dialect of their own which ones reach them. One use.
 */
final class ContentChecker {
    private final Map<String, GearDecl> gears = new LinkedHashMap<>();
    private final List<WireDecl> wires;
    private final Faults faults;

    /** What may arrive somewhere: fields of a dialect (null if it did not load), or bytes. */
    private record Arriving(boolean fields, Spec spec) {
        private static final Arriving BYTES = new Arriving(false, null);

        /** Written out, as what a record brings of its own takes a start longer to put together than the check itself. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Arriving that && fields == that.fields && Objects.equals(spec, that.spec);
        }

        @Override
        public int hashCode() {
            return Boolean.hashCode(fields) * 31 + Objects.hashCode(spec);
        }
    }

    /** @param wires those whose ends are not both among the gears are left out: their faults are reported elsewhere */
    ContentChecker(List<GearDecl> gears, List<WireDecl> wires, Faults faults) {
        gears.forEach(gear -> this.gears.put(gear.name(), gear));
        this.wires = wires.stream()
                .filter(wire -> this.gears.containsKey(wire.from().gear())
                        && this.gears.containsKey(wire.to().gear()))
                .toList();
        this.faults = faults;
    }

    /** Reports every wire whose ends do not fit; of several in a row only the first. */
    void checkWires() {
        Set<String> misled = new HashSet<>();
        List<WireDecl> wrong = new ArrayList<>();
        for (WireDecl wire : wires) {
            GearDecl to = gears.get(wire.to().gear());
            Content takes = to.factory().takes(to.config(), wire.to().port());
            boolean fits = leaving(wire, new HashSet<>()).stream()
                    .allMatch(arriving -> takes == Content.ANY || arriving.fields() == (takes == Content.FIELDS));
            if (!fits) {
                wrong.add(wire);
                misled.add(to.name());
            }
        }
        for (WireDecl wire : wrong) {
            if (!misled.contains(wire.from().gear())) {
                report(wire);
            }
        }
    }

    /** The dialects that wires bring to a gear, and in which its bytes are decoded. */
    WiredSpecs specsOf(GearDecl gear) {
        return new WiredSpecs() {
            @Override
            public List<Spec> at(String inputPort) {
                return specsAt(gear, inputPort);
            }

            @Override
            public List<Spec> behind(String outputPort) {
                return specsBehind(gear, outputPort);
            }
        };
    }

    private List<Spec> specsBehind(GearDecl gear, String outputPort) {
        Set<Spec> found = new LinkedHashSet<>();
        decoding(gear.name(), outputPort, new HashSet<>(), found);
        return List.copyOf(found);
    }

    /** Follows bytes to what decodes them, through gears that hand on what came as it came. */
    private void decoding(String gear, String outputPort, Set<String> passed, Set<Spec> found) {
        for (WireDecl wire : wires) {
            if (!wire.from().gear().equals(gear) || !wire.from().port().equals(outputPort)) {
                continue;
            }
            GearDecl to = gears.get(wire.to().gear());
            boolean decodes = givesAny(to, Content.FIELDS) || givesAny(to, Content.TURNED);
            Spec spec = decodes && to.factory().bytesAsSpec() ? to.spec() : null;
            if (spec != null) {
                found.add(spec);
            } else if (!decodes && passed.add(to.name())) {
                for (Port port : to.manifest().outputs()) {
                    if (to.factory().gives(to.config(), port.name()) == Content.ANY) {
                        decoding(to.name(), port.name(), passed, found);
                    }
                }
            }
        }
    }

    private static boolean givesAny(GearDecl gear, Content content) {
        return gear.manifest().outputs().stream()
                .anyMatch(port -> gear.factory().gives(gear.config(), port.name()) == content);
    }

    private List<Spec> specsAt(GearDecl gear, String inputPort) {
        Set<Spec> found = new LinkedHashSet<>();
        for (Arriving arriving : arriving(gear.name(), inputPort, new HashSet<>())) {
            if (arriving.spec() != null) {
                found.add(arriving.spec());
            }
        }
        return List.copyOf(found);
    }

    private void report(WireDecl wire) {
        GearDecl to = gears.get(wire.to().gear());
        boolean wantsFields = to.factory().takes(to.config(), wire.to().port()) == Content.FIELDS;
        faults.error(
                wire.place(),
                "wires",
                "'" + wire.to() + "' (" + to.type() + ") takes " + (wantsFields ? "decoded messages" : "bytes")
                        + ", and " + wire.from() + " brings " + (wantsFields ? "bytes" : "decoded messages"),
                wantsFields
                        ? "put a codec_iso8583 with direction: decode before it"
                        : "put a codec_iso8583 with direction: encode before it, or correct its direction");
    }

    private Set<Arriving> arriving(String gear, String inputPort, Set<String> passed) {
        Set<Arriving> found = new LinkedHashSet<>();
        for (WireDecl wire : wires) {
            if (wire.to().gear().equals(gear) && wire.to().port().equals(inputPort)) {
                found.addAll(leaving(wire, passed));
            }
        }
        return found;
    }

    private Set<Arriving> leaving(WireDecl wire, Set<String> passed) {
        GearDecl from = gears.get(wire.from().gear());
        Content gives = from.factory().gives(from.config(), wire.from().port());
        return switch (gives) {
            case BYTES -> Set.of(Arriving.BYTES);
            case FIELDS -> Set.of(new Arriving(true, from.spec()));
            case ANY -> passing(from, passed);
            case TURNED -> turned(passing(from, passed), from);
        };
    }

    /** What arrives at any input of a gear that hands things on; nothing where wires have come round to it. */
    private Set<Arriving> passing(GearDecl gear, Set<String> passed) {
        Set<Arriving> found = new LinkedHashSet<>();
        if (passed.add(gear.name())) {
            for (Port port : gear.manifest().inputs()) {
                found.addAll(arriving(gear.name(), port.name(), passed));
            }
            passed.remove(gear.name());
        }
        return found;
    }

    private Set<Arriving> turned(Set<Arriving> came, GearDecl by) {
        Set<Arriving> found = new LinkedHashSet<>();
        came.forEach(each -> found.add(each.fields() ? Arriving.BYTES : new Arriving(true, by.spec())));
        return found;
    }
}
