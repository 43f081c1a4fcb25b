/** How commands wait for answers over HTTP. Knows no other room of theirs. */
package io.fluxrig.cli.http;
