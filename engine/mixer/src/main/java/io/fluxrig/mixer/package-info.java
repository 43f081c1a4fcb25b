/** The control plane's process: starts, supervises and stops what the other packages are about. */
package io.fluxrig.mixer;
