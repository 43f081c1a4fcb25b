package io.fluxrig.mixer.enrol;

/**
 * How racks come in.
 *
 * @param adoption which racks under a name that nobody has are approved at once
 * @param pendingMax racks that wait for approval at most
 * @param passportLifeMs how long a passport is good
 * @param awayMs a rack that was not heard of for that long is away
 */
public record EnrolSettings(Adoption adoption, long pendingMax, long passportLifeMs, long awayMs) {}
