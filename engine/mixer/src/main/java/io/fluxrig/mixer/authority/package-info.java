/**
 * The cluster's authority, which the first mixer makes: the key that signs what racks obey, and a certificate authority for TLS
 * between mixer, racks, NATS and operators. What it issues to whom is decided elsewhere.
 */
package io.fluxrig.mixer.authority;
