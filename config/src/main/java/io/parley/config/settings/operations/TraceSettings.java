package io.parley.config.settings.operations;

import io.parley.config.settings.sources.SettingValues;
import java.net.URI;
import java.util.Optional;

/**
 * Where traces are sent.
 *
 * @param endpoint of OTLP over HTTP; empty leaves it to OpenTelemetry's own variables
 * @param share of the traces that begin here, from 0 to 1; empty leaves it to OpenTelemetry's own variables
 */
public record TraceSettings(Optional<URI> endpoint, Optional<Double> share) {
    private static final String ENDPOINT = "traces.endpoint";
    private static final String SHARE = "traces.sample";

    public static TraceSettings read(SettingValues values) {
        var share = readShare(values);
        return new TraceSettings(
                values.optional(ENDPOINT).map(text -> readUrl(values, text)),
                values.isDefault(SHARE) ? Optional.empty() : Optional.of(share));
    }

    private static URI readUrl(SettingValues values, String text) {
        try {
            var url = URI.create(text.strip());
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null && url.getRawUserInfo() == null) return url;
        } catch (IllegalArgumentException notAUrl) {
            // refused below
        }
        throw values.invalid(ENDPOINT, "must be a whole URL such as http://127.0.0.1:4318/v1/traces");
    }

    private static double readShare(SettingValues values) {
        try {
            double share = Double.parseDouble(values.text(SHARE));
            if (share >= 0 && share <= 1) return share;
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw values.invalid(SHARE, "must be a number from 0 to 1, such as 0.1");
    }
}
