package io.parley.gateway.observe;

import io.micrometer.core.instrument.Counter;
import io.parley.kernel.telemetry.Meters;

/** Counts sign-ins with a password. */
final class SignInMeter {
    private static final String OPERATION = "login";

    private static final Counter OK = counter("ok");
    private static final Counter REFUSED = counter("refused");
    private static final Counter THROTTLED = counter("throttled");

    private static Counter counter(String outcome) {
        return Meters.counter("parley.sign.ins", "Sign-ins with a password.", "outcome", outcome);
    }

    static void answered(String operation, int status) {
        if (!operation.equals(OPERATION)) return;
        switch (status) {
            case 200 -> OK.increment();
            case 401, 403 -> REFUSED.increment();
            case 429 -> THROTTLED.increment();
            default -> {}
        }
    }

    private SignInMeter() {}
}
