/** Commands about a fleet: whatever they do, they do through the mixer's API. */
package io.fluxrig.cli.fleet;
