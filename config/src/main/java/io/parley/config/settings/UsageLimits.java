package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;
import io.parley.contracts.limits.ChosenLimits;
import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;
import io.parley.users.limits.LimitSettings;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Reads the limits that are counted exactly, in the database. */
final class UsageLimits {
    private static final String TOKENS_BY_MODEL = "limits.tokens-by-model";

    static LimitSettings read(SettingValues values) {
        return new LimitSettings(
                values.rates("limits.registrations"),
                values.rates("limits.failures-per-account"),
                values.rates("limits.failures-per-address"),
                values.rates("limits.mails"),
                new Limit<>(values.rates("limits.turns"), !values.isDefault("limits.turns")),
                ofUsers(values));
    }

    private static ChosenLimits ofUsers(SettingValues values) {
        return new ChosenLimits(
                rates(values, "limits.requests"),
                rates(values, "limits.turns"),
                rates(values, "limits.tokens"),
                tokensByModel(values),
                (long) values.number("limits.rows", 1, Integer.MAX_VALUE),
                values.bytes("limits.bytes", 1, Long.MAX_VALUE),
                values.number("limits.streams", 1, RequestLimits.MAX),
                values.number("limits.concurrent", 1, RequestLimits.MAX),
                values.bytes("limits.import-bytes", 1, 1L << 40));
    }

    // As it is written, because administrators see it.
    private static String rates(SettingValues values, String key) {
        values.rates(key);
        return values.text(key);
    }

    private static Map<String, String> tokensByModel(SettingValues values) {
        var byModel = new HashMap<String, String>();
        if (values.optional(TOKENS_BY_MODEL).isEmpty()) return byModel;
        try {
            new JsonObject(values.text(TOKENS_BY_MODEL))
                    .forEach(entry -> byModel.put(entry.getKey(), rate(String.valueOf(entry.getValue()))));
            return byModel;
        } catch (DecodeException | IllegalArgumentException notRates) {
            throw values.invalid(
                    TOKENS_BY_MODEL,
                    "must be a JSON object of rates by the names of models, such as {\"gpt-5\": \"1000000/d\"}");
        }
    }

    private static String rate(String text) {
        Rates.parse(text);
        return text;
    }

    private UsageLimits() {}
}
