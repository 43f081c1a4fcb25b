/**
 * Which of several mixers decides: one that holds a lease in NATS and has begun an epoch in the registry that all of them share. The others
 * stand by.
 */
package io.fluxrig.mixer.lead;
