/** What happens to a fleet, told as it happens: whoever asks the API for it hears of changes and of racks' states. The API and the supervisor call it. */
package io.fluxrig.mixer.tail;
