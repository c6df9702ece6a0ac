package io.parley.webhooks.delivery;

import io.parley.kernel.outbound.OutboundFailure.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param status of the answer; null if there was none
 * @param error why there was none
 */
record Outcome(@Nullable Integer status, @Nullable String error) {
    private static final int GONE = 410;

    static Outcome answered(int status) {
        return new Outcome(status, null);
    }

    static Outcome failed(Reason reason) {
        return new Outcome(null, reason.label());
    }

    boolean isDelivered() {
        return status != null && status >= 200 && status < 300;
    }

    boolean isGone() {
        return status != null && status == GONE;
    }
}
