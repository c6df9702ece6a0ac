package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;
import io.parley.gateway.limits.RequestLimitSettings;
import io.parley.kernel.limits.Limit;

/** Reads the limits that the gateway enforces. */
final class RequestLimits {
    static final int MAX = 1_000_000;

    static RequestLimitSettings read(SettingValues values) {
        return new RequestLimitSettings(
                sparingLocal(values, "limits.requests", values.rates("limits.requests")),
                sparingLocal(values, "limits.requests-per-address", values.rates("limits.requests-per-address")),
                sparingLocal(values, "limits.concurrent", values.number("limits.concurrent", 1, MAX)),
                values.number("limits.streams", 1, MAX),
                values.number("limits.searches", 1, MAX));
    }

    // Who uses their own server on their own machine is not slowed down, unless they say so.
    private static <T> Limit<T> sparingLocal(SettingValues values, String key, T value) {
        return new Limit<>(value, !values.isDefault(key));
    }

    private RequestLimits() {}
}
