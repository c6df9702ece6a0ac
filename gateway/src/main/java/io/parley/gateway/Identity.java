package io.parley.gateway;

import io.parley.kernel.Caller;
import java.util.UUID;

/** Who sent a request, and in which session. */
record Identity(Caller caller, UUID sessionId) {}
