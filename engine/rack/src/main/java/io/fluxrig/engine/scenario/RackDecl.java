package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Place;
import java.util.Map;

/**
 * A rack or a group of racks that a scenario names.
 *
 * @param name the rack's name, or the group's
 * @param group whether it is a group, matched by labels
 * @param labels the rack's own labels, or those a group matches
 * @param logLevel default log level of the racks in a group, empty if not given
 */
public record RackDecl(String name, boolean group, Map<String, String> labels, String logLevel, Place place) {}
