package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Place;
import java.util.Map;

/**
 * A rack or a group of racks that a scenario names.
 *
 * @param name the rack's name, or the group's
 * @param group whether it is a group, matched by labels
 * @param labels the rack's own labels, or those a group matches
 * @param logLevel that the rack, or the racks in the group, log at where nobody says otherwise; empty if not given
 */
public record RackDecl(String name, boolean group, Map<String, String> labels, String logLevel, Place place) {

    /** Whether this is a group whose labels a rack carries. */
    boolean has(RackDecl rack) {
        return group && rack.labels().entrySet().containsAll(labels.entrySet());
    }
}
