package io.fluxrig.mixer.enrol;

/**
 * How racks come in.
 *
 * @param autoAdopt whether a rack under a name that nobody has is approved at once
 * @param pendingMax racks that wait for approval at most
 * @param passportLifeMs how long a passport is good
 * @param awayMs a rack that was not heard of for that long is away
 */
public record EnrolSettings(boolean autoAdopt, long pendingMax, long passportLifeMs, long awayMs) {}
