package io.parley.kernel.outbound;

import java.time.Duration;

/**
 * The bounds of requests.
 *
 * @param time for a whole request, from the look-up of the name to the end of the answer
 * @param bodyBytes how much of an answer's body is read
 * @param connections at the same time to one address
 * @param lookups of names at the same time; each needs a thread, for as long as a name server takes
 */
public record OutboundLimits(Duration time, int bodyBytes, int connections, int lookups) {}
