package io.fluxrig.engine.scenario;

/**
 * One end of a wire, {@code gear.port} or {@code rack.gear.port}.
 *
 * @param rack empty if the wire does not say
 */
public record PortRef(String rack, String gear, String port) {

    boolean isOn(String name) {
        return rack.isEmpty() || rack.equals(name);
    }

    @Override
    public String toString() {
        return rack.isEmpty() ? gear + "." + port : rack + "." + gear + "." + port;
    }
}
