/**
 * The REST API: what is asked over HTTP becomes a question for the desk, what comes of it an answer. The document that describes it is
 * what its routes are made from.
 */
package io.fluxrig.mixer.api;
