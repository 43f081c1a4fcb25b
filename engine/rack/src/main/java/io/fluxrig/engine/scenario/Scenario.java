package io.fluxrig.engine.scenario;

import io.fluxrig.engine.gear.SpecCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checked scenario: every gear type, port, rack and value in it is known to be good. Immutable.
 *
 * @param file where it was read from
 * @param hash SHA-256 of the file's bytes, lower-case hex
 * @param gears in file order, of all racks
 * @param wires in file order, of all racks
 * @param specs the dialects the gears name, loaded and compiled
 */
public record Scenario(
        Path file,
        String name,
        String version,
        String hash,
        List<RackDecl> racks,
        List<GearDecl> gears,
        List<WireDecl> wires,
        SpecCatalog specs) {

    /** The gears that run on that rack, in file order. */
    public List<GearDecl> gearsOn(String rack) {
        return gears.stream().filter(gear -> gear.runsOn(rack)).toList();
    }

    /** The guaranteed wires that begin on that rack, in file order. */
    public List<WireDecl> wiresLeaving(String rack) {
        return wires.stream()
                .filter(wire -> wire.lane() == Lane.GUARANTEED && runs(wire.from(), rack))
                .toList();
    }

    /** The guaranteed wires that end on that rack, in file order. */
    public List<WireDecl> wiresArriving(String rack) {
        return wires.stream()
                .filter(wire -> wire.lane() == Lane.GUARANTEED && runs(wire.to(), rack))
                .toList();
    }

    /** The level that a rack is to log at: its own, else that of the first group with one that it belongs to; empty for none. */
    public String logLevelOf(String rack) {
        List<RackDecl> own =
                racks.stream().filter(each -> each.name().equals(rack)).toList();
        return Stream.concat(
                        own.stream(),
                        racks.stream().filter(group -> own.stream().anyMatch(group::has)))
                .map(RackDecl::logLevel)
                .filter(level -> !level.isEmpty())
                .findFirst()
                .orElse("");
    }

    private boolean runs(PortRef end, String rack) {
        return end.isOn(rack) && gears.stream().anyMatch(gear -> gear.name().equals(end.gear()) && gear.runsOn(rack));
    }

    /** The wires whose two ends both run on that rack, in file order. */
    public List<WireDecl> wiresOn(String rack) {
        List<String> here = gearsOn(rack).stream().map(GearDecl::name).toList();
        return wires.stream()
                .filter(wire -> wire.touches(rack)
                        && here.contains(wire.from().gear())
                        && here.contains(wire.to().gear()))
                .toList();
    }
}
