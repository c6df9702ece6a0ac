package io.parley.gateway.health;

import io.parley.gateway.http.Answer;
import io.parley.gateway.http.HttpError;
import java.util.Map;

/**
 * Whether the process can serve requests.
 *
 * @param checks by module
 */
record Readiness(State status, Map<String, State> checks) {
    enum State {
        UP,
        DOWN;

        static State of(boolean isUp) {
            return isUp ? UP : DOWN;
        }
    }

    Answer answer() {
        return status == State.UP
                ? Answer.json(200, this)
                : Answer.json(503, Map.of("Retry-After", HttpError.RETRY_AFTER_SECONDS), this);
    }
}
