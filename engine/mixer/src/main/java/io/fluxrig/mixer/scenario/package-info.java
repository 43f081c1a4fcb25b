/**
 * The scenarios of a fleet: their versions, which rack is to run which, and what came of it. On the mixer's desk.
 */
package io.fluxrig.mixer.scenario;
