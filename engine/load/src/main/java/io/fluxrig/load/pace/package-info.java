/** When messages are meant to be sent: pure arithmetic, no clock, no socket. */
package io.fluxrig.load.pace;
