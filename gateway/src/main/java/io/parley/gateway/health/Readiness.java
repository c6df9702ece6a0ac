package io.parley.gateway.health;

import java.util.Map;

/** Whether requests are welcome here, and which modules can work. */
public record Readiness(State status, Map<String, State> checks) {
    enum State {
        UP,
        DOWN;

        static State of(boolean isUp) {
            return isUp ? UP : DOWN;
        }
    }

    public boolean isUp() {
        return status == State.UP;
    }
}
