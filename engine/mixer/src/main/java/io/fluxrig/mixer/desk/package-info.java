/** The one thread on which a mixer decides: whatever comes from API, racks and clock takes its turn there. */
package io.fluxrig.mixer.desk;
