package io.parley.gateway.limits;

import io.parley.kernel.limits.RateState;
import java.util.List;

/**
 * What came of taking a token.
 *
 * @param waitNanos until there is a token; 0 if one was taken
 * @param rates what is left
 */
record Taken(long waitNanos, List<RateState> rates) {
    boolean isRefused() {
        return waitNanos > 0;
    }
}
