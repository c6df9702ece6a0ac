package io.parley.gateway;

import java.util.Map;

/** Whether requests are welcome here, and which modules can work. */
record Readiness(State status, Map<String, State> checks) {
    enum State {
        UP,
        DOWN;

        static State of(boolean isUp) {
            return isUp ? UP : DOWN;
        }
    }

    boolean isUp() {
        return status == State.UP;
    }
}
