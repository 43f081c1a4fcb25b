package io.fluxrig.load.mix;

/** Writes one macro's value for one message into the stencil's bytes. Belongs to that stencil. */
interface Patch {

    void apply(byte[] bytes, Stamp stamp);
}
