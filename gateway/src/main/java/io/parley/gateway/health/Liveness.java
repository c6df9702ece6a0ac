package io.parley.gateway.health;

import io.parley.gateway.health.Readiness.State;

/** That the process answers at all. */
record Liveness(State status) {
    static final Liveness UP = new Liveness(State.UP);
}
