/** The dialects that a mixer keeps for its fleet, in the artefact store that scenarios share. The API and scenarios call it. */
package io.fluxrig.mixer.spec;
