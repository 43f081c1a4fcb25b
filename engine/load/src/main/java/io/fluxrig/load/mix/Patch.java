package io.fluxrig.load.mix;

/** Writes one macro's value for one message into the stencil's bytes. Belongs to that stencil. */
interface Patch {

    /**
     * @param bytes the stencil's, patched for the message before
     * @param stamp says what is to be written; a card number leaves its tail there
     */
    void apply(byte[] bytes, Stamp stamp);
}
