/**
 * How racks come in and how they are: hello, approval, passports, heartbeats, orders. On the mixer's desk.
 */
package io.fluxrig.mixer.enrol;
