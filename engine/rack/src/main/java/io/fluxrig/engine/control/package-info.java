/**
 * What racks and the mixer say to each other: records, the subjects they go over, and the limits on them. Knows no bus: who sends
 * and who believes what is in {@code engine.agent} on the rack, and in the mixer.
 */
package io.fluxrig.engine.control;
